using System.Reflection;
using System.Runtime.Loader;
using NexusExport.HelpGenerator;

// Arguments: the help file to write, the cmdlets' dll, and the dlls whose types they show (each dll with its documentation file beside it).
if (args is not [var helpPath, var cmdletsPath, .. var libraries])
{
    Console.Error.WriteLine("usage: NexusExport.HelpGenerator HELP.xml CMDLETS.dll LIBRARY.dll ...");
    return 2;
}

foreach (var library in libraries)
{
    AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(library));
}

var comments = new DocComments(libraries.Prepend(cmdletsPath).Select(path => Path.ChangeExtension(path, ".xml")));
var cmdlets = new CmdletReader(comments).Read(Assembly.LoadFrom(Path.GetFullPath(cmdletsPath)));
var missing = cmdlets.SelectMany(HelpReview.Find).ToList();
foreach (var line in missing)
{
    // The form that MSBuild shows as an error of the build.
    Console.Error.WriteLine($"{Path.GetFileName(cmdletsPath)} : error NXHELP: {line}");
}

if (missing.Count > 0)
{
    return 1;
}

new MamlWriter(comments).Write(cmdlets).Save(helpPath);
return 0;
