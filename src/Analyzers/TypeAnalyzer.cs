using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers;

/// <summary>
/// Runs the rules that decide from one type with all its parts: those that follow calls through its members, and those about its fields.
/// Editors run it on every type of the visible file, so a type without a word of interest registers nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TypeAnalyzer : ThreadwiseAnalyzer
{
    private const BodyContents Wanted = BodyContents.ExplicitLocks | BodyContents.LockStatements | BodyContents.Forks | BodyContents.Atomics | BodyContents.Concurrent | BodyContents.MappedMemory | BodyContents.ProcessLocks;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(
        All.Flow.Select(static rule => rule.Descriptor).Concat(All.Type.Select(static rule => rule.Descriptor))).Add(OwnTrouble.MemberNotJudged);

    private protected override void Start(CompilationStartAnalysisContext context, Model model) =>
        context.RegisterSymbolStartAction(start => OnType(start, model), SymbolKind.NamedType);

    private static void OnType(SymbolStartAnalysisContext context, Model model)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var words = BodyContents.None;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            words |= TreeGate.WordsOf(part.SyntaxTree, model, context.CancellationToken);
        }

        var helpers = ImmutableHashSet<string>.Empty;
        var lockWords = LockWrappers.WordsOf(type, model, context.CancellationToken);
        if ((words & BodyContents.ExplicitLocks) != 0 || lockWords is not null || BaseHelpers.MayBeIn(type.BaseType, model, context.CancellationToken))
        {
            helpers = UnbalancedMembers.Helpers(type, lockWords ?? model.Locks.Words);
        }

        if ((words & Wanted) == 0 && helpers.IsEmpty && lockWords is null && !Roles.MayBeIn(type) && !type.GetMembers().Any(static m => m is IFieldSymbol { IsVolatile: true } or IEventSymbol { DeclaredAccessibility: not Accessibility.Private, IsAbstract: false }
                or IFieldSymbol { Type.ContainingNamespace: { Name: "Concurrent", ContainingNamespace.Name: "Collections" } }))
        {
            return;
        }

        var facts = new TypeFacts(type, helpers) { LockWords = lockWords };
        var generated = new ConcurrentDictionary<SyntaxTree, bool>();
        context.RegisterOperationBlockAction(block => Collect(block, facts, model, generated));
        context.RegisterSymbolEndAction(end => Judge(end, facts, generated));
    }

    private static void Collect(OperationBlockAnalysisContext context, TypeFacts type, Model model, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        foreach (var root in context.OperationBlocks)
        {
            var body = BodyFacts.Collect(root, context.OwningSymbol, model, context.CancellationToken, type);
            var hasFlow = body.HasLockFlow || GuardLocals.MayBeIn(body);
            if (hasFlow)
            {
                body.Keep(context.GetControlFlowGraph(root));
            }

            if (hasFlow || !body.LockStatements.IsEmpty || !body.HeldScopes.IsEmpty || GuardScope.MayBeIn(body))
            {
                type.Add(body);
            }

            generated.TryAdd(root.Syntax.SyntaxTree, context.IsGeneratedCode);
            type.AddAny(body);
        }
    }

    private static void Judge(SymbolAnalysisContext context, TypeFacts type, ConcurrentDictionary<SyntaxTree, bool> generated)
    {
        var sink = new FindingSink();
        foreach (var body in type.Bodies())
        {
            foreach (var rule in All.Flow)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                if ((rule.Needs & body.Contents) != 0 || (body.CallsLockHelpers && (rule.Needs & BodyContents.ExplicitLocks) != 0))
                {
                    rule.Examine(body, sink);
                }
            }

            if (body.HitBound)
            {
                sink.Add(OwnTrouble.NotJudged(body.Owner, body.Root));
            }
        }

        foreach (var rule in All.Type)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (rule.Descriptor.IsEnabledByDefault || IsOn(rule.Descriptor, context))
            {
                rule.Examine(type, sink);
            }
        }

        foreach (var body in type.AllBodies())
        {
            sink.LeaveOutAsserted(body);
        }

        sink.Flush(context.Compilation, context.Options, tree => tree is not null && generated.TryGetValue(tree, out var isGenerated) && isGenerated, context.ReportDiagnostic);
    }

    /// <summary>Whether a rule of the audit tier, which costs nothing until it is asked for, is on in some part of the type.</summary>
    private static bool IsOn(DiagnosticDescriptor descriptor, SymbolAnalysisContext context)
    {
        var severity = new EffectiveSeverity(context.Compilation, context.Options);
        return context.Symbol.DeclaringSyntaxReferences.Any(part => !severity.IsOff(descriptor, part.SyntaxTree));
    }
}
