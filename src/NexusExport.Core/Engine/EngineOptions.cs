using NexusExport.Configuration;
using NexusExport.Diagnostics;
using NexusExport.Routing.Plugins;

namespace NexusExport;

/// <summary>What an <see cref="ExportEngine"/> is opened with.</summary>
public sealed record EngineOptions
{
    /// <summary>-ConfigPath or --config; null to look in the usual places.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The outside world; the real one unless told.</summary>
    public HostEnvironment? Environment { get; init; }

    /// <summary>-ThrottleLimit: calls of one destination at once, and the size of its connection pool; null for the configured one.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Where log entries go; nowhere by default.</summary>
    public ILogSink? Log { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Resolves secret:VAULT/NAME (vault, name → secret, or null if there is none); null where no vault can be asked, as in the host.</summary>
    public Func<string, string, string?>? VaultSecret { get; init; }

    /// <summary>Runs script plugins; null where there is no PowerShell: they are then reported as not available.</summary>
    public IScriptPluginHost? Scripts { get; init; }

    /// <summary>Makes the innermost HTTP handler of destinations; for tests.</summary>
    public Func<HttpMessageHandler>? HttpHandlerFactory { get; init; }
}
