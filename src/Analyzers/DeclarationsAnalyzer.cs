using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers;

/// <summary>Runs the rules that decide from one declaration or one operation and its surroundings; no symbol-start actions, as in the local world.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationsAnalyzer : ThreadwiseAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.CreateRange(All.Declarations.Select(static rule => rule.Descriptor));

    private protected override void Start(CompilationStartAnalysisContext context, Model model)
    {
        foreach (var rule in All.Declarations.Where(rule => rule.Applies(model, context.CancellationToken)))
        {
            if (!rule.Symbols.IsEmpty)
            {
                context.RegisterSymbolAction(symbol => Examine(symbol, rule, model), rule.Symbols);
            }

            if (!rule.Operations.IsEmpty)
            {
                context.RegisterOperationAction(operation => Examine(operation, rule, model), rule.Operations);
            }

            if (rule.Words != BodyContents.None)
            {
                context.RegisterOperationBlockAction(block => Examine(block, rule, model));
            }
        }
    }

    private static void Examine(SymbolAnalysisContext context, DeclarationRule rule, Model model)
    {
        if (rule.Examine(context.Symbol, model, context.CancellationToken) is { } finding)
        {
            var sink = new FindingSink();
            sink.Add(finding);
            sink.Flush(context.Compilation, context.Options, _ => context.IsGeneratedCode, context.ReportDiagnostic);
        }
    }

    private static void Examine(OperationAnalysisContext context, DeclarationRule rule, Model model)
    {
        if (rule.Examine(context.Operation, context.ContainingSymbol, model, context.CancellationToken) is { } finding)
        {
            var sink = new FindingSink();
            sink.Add(finding);
            sink.Flush(context.Compilation, context.Options, _ => context.IsGeneratedCode, context.ReportDiagnostic);
        }
    }

    private static void Examine(OperationBlockAnalysisContext context, DeclarationRule rule, Model model)
    {
        var sink = new FindingSink();
        foreach (var root in context.OperationBlocks)
        {
            if ((TreeGate.WordsOf(root.Syntax.SyntaxTree, model, context.CancellationToken) & rule.Words) != 0)
            {
                rule.ExamineBody(root, context.OwningSymbol, model, sink, context.CancellationToken);
            }
        }

        sink.Flush(context.Compilation, context.Options, _ => context.IsGeneratedCode, context.ReportDiagnostic);
    }
}
