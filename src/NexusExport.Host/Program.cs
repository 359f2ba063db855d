using NexusExport.Host;

using var stop = new StopSignals();
return await HostApplication.FromProcess().RunAsync(args, stop);
