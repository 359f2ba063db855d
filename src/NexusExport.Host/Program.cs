using NexusExport.Host;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Output;

if (!OperatingSystem.IsWindows())
{
    StandardStream.OccupyClosed();
}

using var stop = new StopSignals();
return await HostApplication.FromProcess().RunAsync(args, stop);
