using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers;

/// <summary>
/// Runs the rules that decide from one body. A class of its own without symbol-start actions, because editors compute it
/// for the visible span alone and rank it first when a light bulb is due.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocalAnalyzer : ThreadwiseAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.CreateRange(All.Local.Select(static rule => rule.Descriptor));

    private static readonly BodyContents s_needs = All.Local.Aggregate(BodyContents.None, static (needs, rule) => needs | rule.Needs);

    private protected override void Start(CompilationStartAnalysisContext context, Model model) =>
        context.RegisterOperationBlockAction(block => Examine(block, model));

    private static void Examine(OperationBlockAnalysisContext context, Model model)
    {
        FindingSink? sink = null;
        var severity = new EffectiveSeverity(context.Compilation, context.Options);
        foreach (var root in context.OperationBlocks)
        {
            if ((TreeGate.WordsOf(root.Syntax.SyntaxTree, model, context.CancellationToken) & s_needs) == BodyContents.None)
            {
                continue;
            }

            var body = BodyFacts.Collect(root, context.OwningSymbol, model, context.CancellationToken);
            if (body.Contents == BodyContents.None)
            {
                continue;
            }

            sink ??= new FindingSink();
            foreach (var rule in All.Local)
            {
                context.CancellationToken.ThrowIfCancellationRequested();

                // A rule of the audit tier costs nothing until it is asked for.
                if ((rule.Needs & body.Contents) != 0 && (rule.Descriptor.IsEnabledByDefault || !severity.IsOff(rule.Descriptor, root.Syntax.SyntaxTree)))
                {
                    rule.Examine(body, sink);
                }
            }

            sink.LeaveOutAsserted(body);
        }

        sink?.Flush(context.Compilation, context.Options, _ => context.IsGeneratedCode, context.ReportDiagnostic);
    }
}
