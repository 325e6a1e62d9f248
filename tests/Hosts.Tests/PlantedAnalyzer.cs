using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Corpus;
using Xunit;

namespace Threadwise.Hosts.Tests;

/// <summary>An analyzer built against the Roslyn of this process, the latest there is. It reports PLANTED on every type.</summary>
internal static class PlantedAnalyzer
{
    private const string Source = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Planted : DiagnosticAnalyzer
        {
            private static readonly DiagnosticDescriptor s_rule = new("PLANTED", "A type", "A type", "Planted", DiagnosticSeverity.Warning, true);

            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(s_rule);

            public override void Initialize(AnalysisContext context)
            {
                context.EnableConcurrentExecution();
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.RegisterSymbolAction(c => c.ReportDiagnostic(Diagnostic.Create(s_rule, c.Symbol.Locations[0])), SymbolKind.NamedType);
            }
        }
        """;

    public static string Build(WorkFolder work)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static f => Path.GetFileName(f) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll"))
            .Append(typeof(Compilation).Assembly.Location);
        var compilation = CSharpCompilation.Create(
            "Planted",
            [CSharpSyntaxTree.ParseText(Source)],
            references.Select(static f => MetadataReference.CreateFromFile(f)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var file = Path.Combine(work.Sub("planted"), "Planted.dll");
        Assert.True(compilation.Emit(file).Success);
        return file;
    }
}
