namespace NexusExport.Tests.Destinations.WebDav;

[RequiresProgram(NginxServer.Module)]
public sealed class WebDavNginxTests(NginxServer server) : WebDavServerContract(server), IClassFixture<NginxServer>;
