using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("NexusExport.Tests.SkippingTestFramework", "NexusExport.Core.Tests")]

namespace NexusExport.Tests;

/// <summary>xunit 2 as it is, but that tests with a <see cref="RequirementAttribute"/> are skipped aloud where what they need is missing.</summary>
public sealed class SkippingTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) =>
        new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider source, IMessageSink messages)
        : XunitTestFrameworkDiscoverer(assembly, source, messages)
    {
        protected override bool FindTestsForMethod(
            ITestMethod testMethod,
            bool includeSourceInformation,
            IMessageBus messageBus,
            ITestFrameworkDiscoveryOptions discoveryOptions)
        {
            if (SkippedTestCase.ReasonFor(testMethod) is null || !testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Any())
            {
                return base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
            }

            var skipped = new SkippedTestCase(DiagnosticMessageSink, testMethod);
            return ReportDiscoveredTestCase(skipped, includeSourceInformation, messageBus);
        }
    }

    // The stock executor makes a stock discoverer of its own when all tests are asked for.
    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider source, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, source, messages)
    {
        protected override ITestFrameworkDiscoverer CreateDiscoverer() =>
            new Discoverer(AssemblyInfo, SourceInformationProvider, DiagnosticMessageSink);
    }
}

/// <summary>
/// A test method, theories with all their rows, that is only told of. Public with an empty constructor because xunit carries it between processes.
/// </summary>
public sealed class SkippedTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit only.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(IMessageSink messages, ITestMethod method)
        : base(messages, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method)
    {
    }

    internal static string? ReasonFor(ITestMethod method) => method.TestClass.Class.GetCustomAttributes(typeof(RequirementAttribute))
        .Concat(method.Method.GetCustomAttributes(typeof(RequirementAttribute)))
        .Select(requirement => requirement.GetNamedArgument<string>(nameof(RequirementAttribute.Missing)))
        .FirstOrDefault(missing => missing is not null);

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => ReasonFor(TestMethod) ?? base.GetSkipReason(factAttribute);
}
