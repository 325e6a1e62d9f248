using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Program;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers;

/// <summary>
/// Runs the rules that decide from the whole compilation, at its end: each member gives its summary, and what the starts of threads reach is solved when all are in. A compilation that starts
/// nothing is not looked at.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProgramAnalyzer : ThreadwiseAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(All.Program.Select(static rule => rule.Descriptor));

    private protected override void Start(CompilationStartAnalysisContext context, Model model)
    {
        if (!context.Compilation.SyntaxTrees.Any(tree => (TreeGate.WordsOf(tree, model, context.CancellationToken) & BodyContents.Forks) != 0))
        {
            return;
        }

        var facts = new ProgramFacts(model);
        var generated = new ConcurrentDictionary<SyntaxTree, bool>();
        context.RegisterOperationBlockAction(block => Collect(block, facts, generated));
        context.RegisterCompilationEndAction(end => Judge(end, facts, generated));
    }

    private static void Collect(OperationBlockAnalysisContext context, ProgramFacts facts, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        // An attribute comes with its member as the owner, and runs nothing.
        var roots = context.OperationBlocks.RemoveAll(static root => root.Kind == OperationKind.Attribute);
        if (roots.IsEmpty)
        {
            return;
        }

        var bodies = new List<BodyFacts>(roots.Length);
        foreach (var root in roots)
        {
            var body = BodyFacts.Collect(root, context.OwningSymbol, facts.Model, context.CancellationToken);
            if (body.HasLockFlow)
            {
                body.Keep(context.GetControlFlowGraph(root));
            }

            bodies.Add(body);
        }

        facts.Add(Summarizer.Of(context.OwningSymbol, bodies));
        if (context.IsGeneratedCode)
        {
            generated.TryAdd(context.OperationBlocks[0].Syntax.SyntaxTree, true);
        }
    }

    private static void Judge(CompilationAnalysisContext context, ProgramFacts facts, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        facts.Close(context.CancellationToken);
        var findings = new ProgramFindings();
        foreach (var rule in All.Program)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            rule.Examine(facts, findings);
        }

        findings.Flush(context.Compilation, context.Options, tree => tree is not null && generated.ContainsKey(tree), context.ReportDiagnostic);
    }
}
