using System.Data.Common;
using NexusExport.Destinations.Sql;

namespace NexusExport.Tests.Destinations.Sql;

public sealed class SqlErrorsTests
{
    [Theory]
    [InlineData(1213, nameof(SqlErrorKind.Busy))]
    [InlineData(1205, nameof(SqlErrorKind.Busy))]
    [InlineData(1040, nameof(SqlErrorKind.TooManyConnections))]
    [InlineData(9005, nameof(SqlErrorKind.Busy))]
    [InlineData(8025, nameof(SqlErrorKind.PacketTooLarge))]
    [InlineData(1290, nameof(SqlErrorKind.ReadOnly))]
    [InlineData(2013, nameof(SqlErrorKind.Lost))]
    [InlineData(1048, nameof(SqlErrorKind.Refused))]
    [InlineData(0, null)]
    public void Classify_CodeOfMySql_IsFoundInTheInnerException(int code, string? kind)
    {
        var inner = new ServerError(null);
        inner.Data["Server Error Code"] = code;

        Assert.Equal(kind, new MySqlDialect().Classify(new ServerError(null, inner))?.ToString());
    }

    [Theory]
    [InlineData("40P01", nameof(SqlErrorKind.Busy))]
    [InlineData("53300", nameof(SqlErrorKind.TooManyConnections))]
    [InlineData("57P03", nameof(SqlErrorKind.Busy))]
    [InlineData("08006", nameof(SqlErrorKind.Lost))]
    [InlineData("42P10", nameof(SqlErrorKind.KeyMissing))]
    [InlineData("53100", nameof(SqlErrorKind.StorageFull))]
    [InlineData("23502", nameof(SqlErrorKind.Refused))]
    [InlineData(null, null)]
    public void Classify_StateOfPostgreSql_IsUnderstood(string? state, string? kind) =>
        Assert.Equal(kind, new PostgreSqlDialect().Classify(new ServerError(state))?.ToString());

    private sealed class ServerError(string? state, Exception? inner = null) : DbException("said the server", inner)
    {
        public override string? SqlState => state;
    }
}
