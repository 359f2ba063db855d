using System.Reflection;
using System.Runtime.Loader;
using NexusExport.HelpGenerator;

// Arguments: the cmdlets' dll, Core's dll (each with its documentation file beside it), the help file to write.
if (args is not [var cmdletsPath, var corePath, var helpPath])
{
    Console.Error.WriteLine("usage: NexusExport.HelpGenerator CMDLETS.dll CORE.dll HELP.xml");
    return 2;
}

AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(corePath));
var comments = new DocComments(new[] { cmdletsPath, corePath }.Select(path => Path.ChangeExtension(path, ".xml")));
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
