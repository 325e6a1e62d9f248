#pragma warning disable RS1036, RS1038, RS1041, RS2008 // An analyzer of the tests is not shipped.
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers.Tests.Reporting;

/// <summary>
/// Finds what a snippet tells it to find: <c>Find("TW2006 TW2003")</c> is one finding an id, all with the member's body as their cause;
/// <c>Find("TW2003", "field")</c> is about that field. What comes out shows what the sink makes of findings.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PlantedAnalyzer(bool isOneCause = true) : DiagnosticAnalyzer
{
    public const string Probe = "static class Probe { public static void Find(string ids, string? field = null) { } }";

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        [Descriptor("TW2003"), Descriptor("TW2006"), Descriptor("TW2013", isEnabledByDefault: false), Descriptor("TW3001"), Descriptor("TW3002")];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationBlockAction(block =>
        {
            var sink = new FindingSink();

            // The wrong way round, so that an order that comes out is the sink's.
            foreach (var call in block.OperationBlocks.SelectMany(static b => b.Descendants()).OfType<IInvocationOperation>().Where(static c => c.TargetMethod.Name == "Find").Reverse())
            {
                var cause = new Cause(isOneCause ? block.OperationBlocks[0].Syntax.Span : call.Syntax.Span);
                var words = call.Arguments.Select(static a => a.Value.ConstantValue.Value as string).ToList();
                var subject = words[1] is { } field ? block.OwningSymbol.ContainingType.GetMembers(field).Single() : null;
                foreach (var id in words[0]!.Split(' '))
                {
                    sink.Add(new Finding(
                        Descriptors.Single(d => d.Id == id), ((InvocationExpressionSyntax)call.Syntax).Expression.GetLocation(), cause, [],
                        ImmutableDictionary<string, string?>.Empty, subject, []));
                }
            }

            sink.Flush(block.Compilation, block.Options, _ => block.IsGeneratedCode, block.ReportDiagnostic);
        });
    }

    private static DiagnosticDescriptor Descriptor(string id, bool isEnabledByDefault = true) =>
        new(id, id, id, id.StartsWith("TW2", System.StringComparison.Ordinal) ? Category.Locks : Category.SharedState, DiagnosticSeverity.Warning, isEnabledByDefault);
}
