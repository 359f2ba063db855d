using System.Management.Automation;

namespace NexusExport.PowerShell.Binding;

/// <summary>Accepts the spellings of the configuration (all, first_success, best_effort) beside PowerShell's own.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class StrategySpellingAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text ? Normalize(text) : inputData;

    /// <summary>The text without the separators that configuration files use; what it means is left to the binder, which also words the error.</summary>
    internal static string Normalize(string text) =>
        text.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
}
