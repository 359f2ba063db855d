using NexusExport;
using NexusExport.Host;
using NexusExport.Host.Commands;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Output;

if (!OperatingSystem.IsWindows())
{
    StandardStream.OccupyClosed();
}

if (args.Contains(ExportCommand.CommandName, StringComparer.Ordinal))
{
    ExportEngine.Prepare();
}

using var stop = new StopSignals();
return await HostApplication.FromProcess().RunAsync(args, stop);
