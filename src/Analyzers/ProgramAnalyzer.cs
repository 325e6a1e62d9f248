using System.Collections.Concurrent;
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
        var bodies = new WaitingBodies(facts);
        var generated = new ConcurrentDictionary<SyntaxTree, bool>();
        context.RegisterOperationBlockAction(block => Collect(block, bodies, generated));
        context.RegisterCompilationEndAction(end => Judge(end, facts, bodies, generated));
    }

    private static void Collect(OperationBlockAnalysisContext context, WaitingBodies bodies, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        // An attribute comes with its member as the owner, and runs nothing.
        var roots = context.OperationBlocks.RemoveAll(static root => root.Kind == OperationKind.Attribute);
        if (roots.IsEmpty)
        {
            return;
        }

        if (context.IsGeneratedCode)
        {
            generated.TryAdd(roots[0].Syntax.SyntaxTree, true);
        }

        bodies.Add(context, roots);
    }

    private static void Judge(CompilationAnalysisContext context, ProgramFacts facts, WaitingBodies bodies, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        bodies.Summarise(context.CancellationToken);
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
