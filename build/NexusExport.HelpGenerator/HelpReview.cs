namespace NexusExport.HelpGenerator;

/// <summary>Finds cmdlets whose help lacks something that a reader needs.</summary>
internal static class HelpReview
{
    private const int Examples = 2;

    /// <summary>One line for each thing that is missing.</summary>
    public static IEnumerable<string> Find(CmdletModel cmdlet)
    {
        if (cmdlet.Synopsis.Length == 0)
        {
            yield return $"{cmdlet.Name} has no summary.";
        }

        if (cmdlet.Description.Count == 0)
        {
            yield return $"{cmdlet.Name} has no remarks with a para.";
        }

        if (cmdlet.Outputs.Count == 0)
        {
            yield return $"{cmdlet.Name} has no OutputType.";
        }

        if (cmdlet.Links.Count == 0)
        {
            yield return $"{cmdlet.Name} has no seealso.";
        }

        if (cmdlet.Examples.Count(example => example.Introduction.Length > 0 && example.Code.Length > 0) < Examples)
        {
            yield return $"{cmdlet.Name} has fewer than {Examples} examples with a para and a code.";
        }

        foreach (var parameter in cmdlet.Parameters.Where(parameter => parameter.Description.Length == 0))
        {
            yield return $"{cmdlet.Name} -{parameter.Name} has no summary.";
        }
    }
}
