using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

public class OwnSourceTests
{
    [Fact]
    public void The_sources_compile() => Assert.DoesNotContain(
        OwnSources.Analyzers.GetDiagnostics().Concat(OwnSources.CodeFixes.GetDiagnostics()), static d => d.Severity == DiagnosticSeverity.Error);

    [Fact]
    public async Task The_analyzers_have_nothing_to_say_about_themselves()
    {
        foreach (var compilation in new[] { OwnSources.Analyzers, OwnSources.CodeFixes })
        {
            var everything = compilation.Options.WithSpecificDiagnosticOptions(
                ThreadwiseRules.Descriptors.Select(static d => KeyValuePair.Create(d.Id, ReportDiagnostic.Warn)));
            Assert.Empty(await compilation.WithOptions(everything).WithAnalyzers(ThreadwiseRules.Analyzers).GetAnalyzerDiagnosticsAsync());
        }
    }
}
