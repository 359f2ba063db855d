using System.CommandLine;
using NexusExport.Host.Lifetime;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export config: what has to do with the configuration file.</summary>
internal sealed class ConfigCommand : Command
{
    public ConfigCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("config", "Show the effective configuration, or write a file to start from.")
    {
        Add(new ConfigShowCommand(context, common, stop));
        Add(new ConfigNewCommand(context, common, stop));
    }
}
