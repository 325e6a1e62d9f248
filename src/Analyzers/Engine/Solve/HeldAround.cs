using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The locks that a function of one body holds at a place: by <c>lock</c> statements, by scopes of <c>using</c>, and by explicit acquires, whose flow is asked. What looks like a lock and
/// cannot be named makes the set unknown: a scope that somebody hands out, a <c>finally</c> that calls out or does not compile (yet), a flow that hit a bound.
/// </summary>
internal sealed class HeldAround
{
    private readonly BodyFacts _body;
    private readonly Dictionary<IMethodSymbol, LockFlow> _flows = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IOperation> _scopes = [];
    private readonly List<IOperation> _tests = [];
    private readonly LockFlow? _own;

    private HeldAround(BodyFacts body)
    {
        _body = body;
        foreach (var operation in body.Root.Descendants())
        {
            if (operation is IUsingDeclarationOperation { Parent: { } scope })
            {
                _scopes.Add(scope);
            }
            else if (IsTest(operation))
            {
                _tests.Add(operation);
            }
        }

        foreach (var flow in body.LockFlows())
        {
            if (flow.Function.Symbol is { } function)
            {
                _flows[function] = flow;
            }
            else
            {
                _own = flow;
            }
        }
    }

    public static HeldAround Of(BodyFacts body) => body.Once(static body => new HeldAround(body));

    /// <summary>The locks held at <paramref name="place"/> by the function it stands in.</summary>
    public LockSet At(IOperation place)
    {
        var held = LockSet.Empty;
        var at = place;
        for (; at.Parent is { } parent && (at == place || at is not (IAnonymousFunctionOperation or ILocalFunctionOperation)); at = parent)
        {
            switch (parent)
            {
                case ILockOperation statement when statement.Body == at:
                    held = With(held, statement.LockedValue, LockMode.Exclusive, true);
                    break;
                case IUsingOperation scope when scope.Body == at:
                    held = WithScope(held, scope.Resources);
                    break;
                case IBlockOperation block when _scopes.Contains(block):
                    held = WithScopesBefore(held, block, at);
                    break;
                case ITryOperation { Finally: { } last } attempt when at == attempt.Body && last.Descendants().Any(o => o is IInvalidOperation || (o is IInvocationOperation call && MayRelease(call))):
                    held = held.And(LockSet.Unknown);
                    break;
            }
        }

        var function = place.FunctionAround();
        held = WithTests(held, place, function);
        var flow = function is null ? _own : _flows.TryGetValue(function, out var nested) ? nested : null;
        held = flow is not null ? WithFlow(held, place, function, flow)

            // A function with lock calls that has no flow hit a bound, or its locks have no path.
            : IsTouched(function) || (_body.HitBound && function is null) ? held.And(LockSet.Unknown) : held;
        if ((function ?? _body.Owner as IMethodSymbol)?.Parameters.Any(p => KnownType.Is(p.Type, _body.Model.Types.LockScope)) == true)
        {
            held = held.And(LockSet.Unknown);
        }

        return function is null && IsSynchronized(_body.Owner) is { } synchronized ? held.And(synchronized) : held;
    }

    private LockSet WithScopesBefore(LockSet held, IBlockOperation block, IOperation place)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == place)
            {
                break;
            }

            if (statement is IUsingDeclarationOperation scope)
            {
                held = WithScope(held, scope.DeclarationGroup);
            }
        }

        return held;
    }

    private LockSet With(LockSet held, IOperation value, LockMode mode, bool canBeStatement) =>
        LockNames.Of(value, _body) is { } path ? held.With(new HeldLock(path, mode, canBeStatement)) : held.And(LockSet.Unknown);

    private LockSet WithScope(LockSet held, IOperation resources)
    {
        foreach (var value in resources is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(static d => d.Declarators).Select(static d => d.GetVariableInitializer()?.Value)
            : [resources])
        {
            var made = Conversions.WithoutAny(value);

            // What is configured says nothing of itself.
            while (made is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            {
                made = Conversions.WithoutAny(configured.Instance ?? configured.Arguments.FirstOrDefault()?.Value);
            }

            held = made switch
            {
                IInvocationOperation call when _body.Model.Locks.OpensScope(call) && call.Instance is { } gate => With(held, gate, LockMode.Exclusive, true),
                null or { Type: null } => held.And(LockSet.Unknown),

                // It is only made, and disposed of; its waits are calls. A mutex may be taken as it is made.
                IObjectCreationOperation creation when creation.Type is { DeclaringSyntaxReferences.IsEmpty: true } type && IsOfThreading(type) && !NamedPrimitives.IsTaken(creation) => held,
                _ => IsNoScope(made.Type) ? held : held.And(LockSet.Unknown),
            };
        }

        return held;
    }

    private static bool IsOfThreading(ITypeSymbol type) => type.ContainingNamespace is { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>A stream, a response, a timer: who disposes of it gives no lock back.</summary>
    private static bool IsNoScope(ITypeSymbol type) => IsOfFramework(type) || type is { Name: "PeriodicTimer" or "Timer" or "ITimer" or "CancellationTokenSource" or "CancellationTokenRegistration" } && type.ContainingNamespace?.ToDisplayString() == "System.Threading";

    /// <summary>No type of the framework outside of <c>System.Threading</c> is a lock's scope.</summary>
    private static bool IsOfFramework(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is { } space && type.TypeKind != TypeKind.Error &&
        (space == "System" || space.StartsWith("System.", StringComparison.Ordinal)) && !space.StartsWith("System.Threading", StringComparison.Ordinal) && type.SpecialType == SpecialType.None && type.Name is not ("IDisposable" or "IAsyncDisposable");

    /// <summary>Whether a call in a <c>finally</c> may give back a lock that the flow does not see. Nobody takes a countdown.</summary>
    private bool MayRelease(IInvocationOperation call) => !KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.CountdownEvent) && _body.Model.Locks.MeaningOf(call) is null && !_body.Model.Locks.ClosesScope(call) &&
        !WaitModels.IsQuiet(call.TargetMethod, _body.Model.Types) && !(call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && IsOfFramework(call.TargetMethod.ContainingType)) &&
        !(_body.Type is { } type && type.Owns(call.TargetMethod) && (type.LockHelpers.Contains(call.TargetMethod.Name) || type.ComesBack(call.TargetMethod)));

    /// <summary>
    /// <c>Debug.Assert(Monitor.IsEntered(gate))</c> says that the lock is held from there on; any other test of it that comes before the place may be one that guards it.
    /// </summary>
    private LockSet WithTests(LockSet held, IOperation place, IMethodSymbol? function)
    {
        foreach (var test in _tests)
        {
            if (test.Syntax.SpanStart < place.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(test.FunctionAround(), function))
            {
                held = test is IInvocationOperation call && call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Assert" } }
                    ? With(held, call.Arguments.Length == 0 ? call.Instance! : call.Arguments[0].Value, LockMode.Exclusive, true)
                    : held.And(LockSet.Unknown);
            }
        }

        return held;
    }

    private bool IsTest(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "IsEntered" } method } => KnownType.Is(method.ContainingType, _body.Model.Types.Monitor),
        IPropertyReferenceOperation { Property: { Name: "IsHeldByCurrentThread" or "IsWriteLockHeld" or "IsWriterLockHeld" or "IsReadLockHeld" or "IsReaderLockHeld" or "IsUpgradeableReadLockHeld" } } => true,
        _ => false,
    };

    private bool IsTouched(IMethodSymbol? function) =>
        (!_body.LockCalls.IsEmpty && _body.LockCalls.Any(call => call.IsAcquire && SymbolEqualityComparer.Default.Equals(call.Call.FunctionAround(), function))) ||
        (!_body.ScopeCalls.IsEmpty && _body.ScopeCalls.Any(call => SymbolEqualityComparer.Default.Equals(call.FunctionAround(), function)));

    private LockSet WithFlow(LockSet held, IOperation place, IMethodSymbol? function, LockFlow flow)
    {
        if (flow.HeldBefore(place.Syntax) is not { } found)
        {
            return held.And(LockSet.Unknown);
        }

        foreach (var index in found)
        {
            var lockPlace = flow.Table.Places[index];
            var count = lockPlace.Kind is LockKind.Semaphore or LockKind.SemaphoreSlim ? SemaphoreCounts.Of(lockPlace.Origin is IFieldSymbol or ILocalSymbol ? lockPlace.Origin : null) : 1;
            if (count > 1)
            {
                // Several threads are inside: it guards nothing.
                continue;
            }

            held = !(lockPlace.Path.IsSharedWithinType || IsOwnMutex(lockPlace)) || count != 1 || (lockPlace.Kind is LockKind.Semaphore or LockKind.SemaphoreSlim && lockPlace.Origin is not IFieldSymbol)
                ? held.And(LockSet.Unknown)
                : held.With(new HeldLock(lockPlace.Path, lockPlace.Mode, lockPlace.Kind is LockKind.Monitor or LockKind.Lock));
        }

        // Not to be named, or taken on one way only: what it guards, it guards when it matters.
        var isUnnamed = _body.LockCalls.Any(call => call.IsAcquire && call.Call.Syntax.SpanStart < place.Syntax.SpanStart && (flow.Table.SiteOf(call.Call) is null || IsOnOneWay(call.Call, place)) &&
            SymbolEqualityComparer.Default.Equals(call.Call.FunctionAround(), function)) ||
            _body.ScopeCalls.Any(call => call.Syntax.SpanStart < place.Syntax.SpanStart && IsOnOneWay(call, place) && SymbolEqualityComparer.Default.Equals(call.FunctionAround(), function));
        return isUnnamed ? held.And(LockSet.Unknown) : held;
    }

    /// <summary>A local mutex that is made here without a name: it is what the code calls it, and nobody else has it by another name.</summary>
    private bool IsOwnMutex(LockPlace place) => place is { Kind: LockKind.Mutex, Path: { Root: PathRoot.Local, Steps.IsEmpty: true, Holder: ILocalSymbol local } } &&
        UnnamedGates.OfNoName(Locals.OnlyValue(local, _body.Root), _body.Model.Types) is not null;

    /// <summary>Whether the call stands in a branch that the place is behind.</summary>
    private static bool IsOnOneWay(IOperation call, IOperation place)
    {
        for (var at = call; at.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = parent)
        {
            if (parent is IConditionalOperation choice && choice.Condition != at && !choice.Syntax.Span.Contains(place.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static LockSet? IsSynchronized(ISymbol owner) => owner is IMethodSymbol method && (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0
        ? LockSet.Unknown
        : null;
}
