using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A scope of <c>Lock.EnterScope</c> that its body drops or keeps.</summary>
/// <param name="Call">The call that opens it.</param>
/// <param name="Local">The local that keeps it; null when it is dropped.</param>
/// <param name="Opening">The call of <c>EnterScope</c>: <paramref name="Call"/> itself, or what the member that it calls returns.</param>
internal sealed record LockScope(IInvocationOperation Call, ILocalSymbol? Local, IInvocationOperation Opening)
{
    /// <summary>The lock object, without conversions.</summary>
    public IOperation Lock { get; } = Conversions.WithoutBuiltIn(Receiver(Opening))!;

    /// <summary>The scope that the statement holds.</summary>
    public static LockScope? OpenedBy(IUsingOperation statement, Model model) =>
        statement.Resources.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(model.Locks.OpensScope) is { } call ? new LockScope(call, null, call) : null;

    private static IOperation? Receiver(IInvocationOperation call)
    {
        IOperation? around = call.Instance is IConditionalAccessInstanceOperation ? call : null;
        while (around is not (null or IConditionalAccessOperation))
        {
            around = around.Parent;
        }

        return (around as IConditionalAccessOperation)?.Operation ?? call.Instance;
    }
}

/// <summary>
/// The scopes of a body that no <c>using</c> closes. A scope is a <c>ref struct</c>, so no lambda, field of a class or task can have it: a local that is only assigned
/// and disposed of tells all that happens to it, and a copy in another such local stands for it. One that is returned, passed on or stored belongs to somebody else and is not among them.
/// </summary>
internal sealed class LockScopes
{
    private readonly BodyFacts _body;
    private readonly ImmutableHashSet<ISymbol> _locals;
    private readonly Dictionary<ISymbol, ILocalSymbol> _copies = new(SymbolEqualityComparer.Default);

    private LockScopes(BodyFacts body)
    {
        _body = body;
        var scopes = body.ScopeCalls.Select(call => OpeningOf(call, 0) is { } opening ? Of(call, opening) : null).OfType<LockScope>().ToList();
        var kept = ImmutableHashSet.CreateRange<ISymbol>(SymbolEqualityComparer.Default, scopes.Select(static s => s.Local).OfType<ILocalSymbol>());
        if (!kept.IsEmpty)
        {
            var uses = body.Root.Descendants().OfType<ILocalReferenceOperation>().ToList();
            foreach (var use in uses.Where(use => kept.Contains(OriginalOf(use.Local))))
            {
                // Where the local holds one scope after another, which of them the copy is depends on the path.
                if (CopyOf(use) is { } copy && IsGivenOnce(OriginalOf(use.Local), uses))
                {
                    _copies[copy] = OriginalOf(use.Local);
                }
            }

            kept = kept.Except(uses.Where(use => kept.Contains(OriginalOf(use.Local)) && !IsOwnUse(use)).Select(use => OriginalOf(use.Local)));
        }

        _locals = kept;
        All = ImmutableArray.CreateRange(scopes.Where(s => s.Local is null || kept.Contains(s.Local)));
    }

    /// <summary>In source order.</summary>
    public ImmutableArray<LockScope> All { get; }

    public static LockScopes Of(BodyFacts body) => new(body);

    /// <summary>What the call does to the scope in a local, or null.</summary>
    public (LockAction Action, AccessPath Path)? MeaningOf(IInvocationOperation call)
    {
        if (_locals.IsEmpty)
        {
            return null;
        }

        var opened = _body.Model.Locks.OpensScope(call) || _body.Model.Locks.ReturnsScope(call) ? At(call.Syntax) : null;
        var local = opened is not null ? opened.Local
            : _body.Model.Locks.ClosesScope(call) && call.Instance is ILocalReferenceOperation reference && _locals.Contains(OriginalOf(reference.Local)) ? OriginalOf(reference.Local)
            : null;
        return local is null ? null : (
            new LockAction(LockKind.Lock, LockMode.Exclusive, opened is null ? LockVerb.Release : LockVerb.Acquire, call, opened?.Lock ?? call.Instance!, IsScope: true),
            new AccessPath(PathRoot.Local, local, ImmutableArray<PathStep>.Empty));
    }

    /// <summary>The calls that close the scope.</summary>
    public IEnumerable<IInvocationOperation> ClosesOf(LockScope scope) => scope.Local is null ? [] : _body.Root.Descendants().OfType<IInvocationOperation>().Where(call =>
        _body.Model.Locks.ClosesScope(call) && call.Instance is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(OriginalOf(local), scope.Local));

    /// <summary>The assignment that takes the scope's local for another one, or for none, though the scope is open on every path to it; null where there is none.</summary>
    public SyntaxNode? OverwriteOf(LockScope scope)
    {
        if (scope.Local is not { } local || _body.LockFlows().FirstOrDefault(flow => flow.Table.Sites.Any(s => s.Syntax == scope.Call.Syntax)) is not { } flow)
        {
            return null;
        }

        var opened = flow.Table.Sites.First(s => s.Syntax == scope.Call.Syntax);
        return Locals.Uses(local, _body.Root).Select(static use => use.Parent).OfType<ISimpleAssignmentOperation>()
            .Where(assignment => Locals.VariableOf(assignment.Target) is not null && assignment.Parent is IExpressionStatementOperation && flow.IsHeldBefore(opened, assignment.Parent.Syntax))
            .Select(static assignment => assignment.Syntax).FirstOrDefault();
    }

    /// <summary>The scope that the call opens.</summary>
    public LockScope? At(SyntaxNode call) => All.FirstOrDefault(s => s.Call.Syntax == call);

    /// <summary>
    /// Whether the lock may be released by <c>Exit</c>: somewhere in the type, or, where others can reach it and the function ends with the call that opens the
    /// scope, by whoever called.
    /// </summary>
    public bool MayBeExited(LockScope scope)
    {
        var bodies = _body.Type?.Bodies() ?? ImmutableArray.Create(_body);
        return bodies.SelectMany(static b => b.LockCalls).Any(call => call is { Kind: LockKind.Lock, Verb: LockVerb.Release } && MayBeSame(call.Lock, scope.Lock)) ||
               (scope.Lock is IFieldReferenceOperation { Field: var field } && _body.Type?.IsNamedByNestedTypes(field.Name) == true) ||
               (EndsFunction(scope.Call) && IsReachable(scope.Lock));
    }

    /// <summary>The call of <c>EnterScope</c> whose scope the call gives: itself, or all that the called member of the type does. The lock is a field of the type then, which its caller names alike.</summary>
    private IInvocationOperation? OpeningOf(IInvocationOperation call, int depth)
    {
        if (_body.Model.Locks.OpensScope(call))
        {
            return call;
        }

        return depth < Limits.CallDepth && call.Instance is null or IInstanceReferenceOperation && call.TargetMethod is { IsVirtual: false, IsOverride: false, IsAbstract: false } &&
            _body.Type?.AllBodies().FirstOrDefault(b => SymbolEqualityComparer.Default.Equals(b.Owner, call.TargetMethod.OriginalDefinition)) is { Root: IBlockOperation { Operations: { Length: 1 } statements } } &&
            statements[0] is IReturnOperation { ReturnedValue: { } returned } && Conversions.WithoutBuiltIn(returned) is IInvocationOperation inner && OpeningOf(inner, depth + 1) is { } opening &&
            (Conversions.WithoutBuiltIn(opening.Instance) is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation })
                ? opening
                : null;
    }

    private static LockScope? Of(IInvocationOperation call, IInvocationOperation opening)
    {
        IOperation value = call;
        while (value.Parent is IConditionalAccessOperation access && access.WhenNotNull == value)
        {
            value = access;
        }

        return value.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => new LockScope(call, null, opening),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } } => new LockScope(call, local, opening),
            ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }, Parent: IExpressionStatementOperation } => new LockScope(call, local, opening),
            _ => null,
        };
    }

    /// <summary>The local that is given the scope in this one, and is never written again.</summary>
    private ILocalSymbol? CopyOf(ILocalReferenceOperation use) => use.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation
        {
            Symbol: { RefKind: RefKind.None } copy,
            Parent: IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation { Parent: not (IUsingOperation or IUsingDeclarationOperation) } },
        } } && Locals.OnlyValue(copy, _body.Root) is not null ? copy : null;

    private bool IsGivenOnce(ILocalSymbol local, List<ILocalReferenceOperation> uses) =>
        uses.Count(use => SymbolEqualityComparer.Default.Equals(use.Local, local) && use.Parent is ISimpleAssignmentOperation { IsRef: false } assignment && assignment.Target == use) +
        _body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Count(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local) && d.GetVariableInitializer() is not null) == 1;

    private ILocalSymbol OriginalOf(ILocalSymbol local) => _copies.TryGetValue(local, out var original) ? original : local;

    /// <summary>The local is disposed of, copied, or gets a scope or none.</summary>
    private bool IsOwnUse(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IVariableInitializerOperation => CopyOf(reference) is { } copy && _copies.ContainsKey(copy),
        IInvocationOperation call => call.Instance == reference && _body.Model.Locks.ClosesScope(call),
        ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation } assignment => assignment.Target == reference &&
            Conversions.WithoutBuiltIn(assignment.Value) is IDefaultValueOperation or IObjectCreationOperation or IInvocationOperation,
        _ => false,
    };

    private static bool MayBeSame(IOperation one, IOperation other) =>
        Conversions.WithoutBuiltIn(one) is not IFieldReferenceOperation a || other is not IFieldReferenceOperation b || SymbolEqualityComparer.Default.Equals(a.Field, b.Field);

    private bool IsReachable(IOperation lockObject) => lockObject switch
    {
        IFieldReferenceOperation { Field: var field } => field.DeclaredAccessibility != Accessibility.Private || !SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, _body.Type?.Type),
        ILocalReferenceOperation => false,
        _ => true,
    };

    /// <summary>Nothing of the function comes behind the call.</summary>
    private static bool EndsFunction(IOperation opening)
    {
        var statement = opening;
        while (statement.Parent is not (null or IBlockOperation))
        {
            statement = statement.Parent;
        }

        return statement.Parent is not IBlockOperation { Parent: null or IMethodBodyBaseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation } block ||
               block.Operations.Last(static o => !o.IsImplicit || o is IExpressionStatementOperation) == statement;
    }
}
