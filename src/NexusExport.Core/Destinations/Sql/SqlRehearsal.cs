using System.Data.Common;
using System.Text;

namespace NexusExport.Destinations.Sql;

/// <summary>
/// Writes a row as an export does, looks at what has arrived and takes it back: that shows what the table does with its rows (a trigger that drops
/// or changes them, an encoding that cannot hold the text).
/// </summary>
internal sealed class SqlRehearsal(SqlTable table, SqlDialect dialect, SqlRows rows)
{
    private const string PlainText = "<Experiment>test</Experiment>";

    // Of every kind that records hold: other scripts, a character beyond the first plane, what servers escape.
    private const string AnyText = "<Experiment>Grüße, 日本語, 🔬 \\ ' \" %</Experiment>";

    /// <summary>Gives what is worth knowing. Throws what an export of any record would throw.</summary>
    public IReadOnlyList<string> Run(SqlSession session, bool mayDelete)
    {
        var isTakenBack = session.Query(
            dialect.TransactionsQuery,
            row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) > 0,
            ("@table", dialect.TableParameter(table))).FirstOrDefault();
        if (!isTakenBack && !mayDelete)
        {
            return [$"The table {table.Name} keeps what is written even where it is taken back, so no row was tried: an engine with transactions (InnoDB) would be safer."];
        }

        if (Try(session, AnyText, isTakenBack) is not { } complaint)
        {
            return [];
        }

        // Records of plain letters may go all the same; if they do not, that is thrown.
        if (Try(session, PlainText, isTakenBack) is { } worse)
        {
            throw new ExportException(worse);
        }

        var encoding = dialect.EncodingQuery is { } query ? $" (its encoding is {session.Query(query, row => row.GetString(0))[0]}; UTF8 holds all)" : string.Empty;
        return [$"It cannot hold every character{encoding}, and refuses records with others: {complaint.Message}"];
    }

    // Null where it arrived; a fault where that may be for its letters.
    private ExportFault? Try(SqlSession session, string text, bool isTakenBack)
    {
        var name = $"nexus-export-test-{Guid.NewGuid():n}.xml";
        var context = new ExportContext
        {
            Document = new() { SessionIdentifier = name, FileName = name, Content = new(Encoding.UTF8.GetBytes(text)) },
        };
        var id = SqlRowId.Of(name, name);
        try
        {
            session.Try(() => rows.Store(session, context, id));
            return null;
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.IntegrityMismatch)
        {
            return ex.Fault;
        }
        catch (DbException ex) when (dialect.Classify(ex) == SqlErrorKind.BadText)
        {
            return new(ExportErrorCode.RequestRejected, ex.Message.Split('\n')[0].Trim());
        }
        finally
        {
            if (!isTakenBack)
            {
                rows.Remove(session, id);
            }
        }
    }
}
