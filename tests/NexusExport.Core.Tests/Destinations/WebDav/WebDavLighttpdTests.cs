namespace NexusExport.Tests.Destinations.WebDav;

[RequiresProgram(LighttpdServer.Module)]
public sealed class WebDavLighttpdTests(LighttpdServer server) : WebDavServerContract(server), IClassFixture<LighttpdServer>;
