namespace NexusExport.Tests.Destinations.WebDav;

[RequiresProgram(RcloneServer.Program)]
public sealed class WebDavRcloneTests(RcloneServer server) : WebDavServerContract(server), IClassFixture<RcloneServer>;
