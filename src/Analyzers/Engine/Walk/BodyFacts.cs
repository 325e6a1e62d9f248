using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// What one pass over a body found, for the rules to ask. It lives as long as the callback that made it: operations never outlive
/// their body, so nothing of it may be stored in the model.
/// </summary>
internal sealed class BodyFacts
{
    private Dictionary<Type, object>? _computed;
    private int _callsLeft = Limits.CallsFollowed;

    private BodyFacts(IOperation root, ISymbol owner, Model model, TypeFacts? type, CancellationToken cancellation)
    {
        Root = root;
        Owner = owner;
        Model = model;
        Type = type;
        Cancellation = cancellation;
    }

    /// <summary>The block of the body, in the bound tree (not the control-flow graph's clones).</summary>
    public IOperation Root { get; }

    /// <summary>The member; the field or property for an initializer.</summary>
    public ISymbol Owner { get; }

    public Model Model { get; }

    /// <summary>The type whose bodies are judged together, or null where a body is judged alone.</summary>
    public TypeFacts? Type { get; }

    public CancellationToken Cancellation { get; }

    public BodyContents Contents { get; private set; }

    /// <summary>Explicit acquires and releases in source order, lambdas and local functions included.</summary>
    public ImmutableArray<LockAction> LockCalls { get; private set; } = ImmutableArray<LockAction>.Empty;

    /// <summary><c>lock</c> statements in source order, those of lambdas and local functions included.</summary>
    public ImmutableArray<ILockOperation> LockStatements { get; private set; } = ImmutableArray<ILockOperation>.Empty;

    /// <summary>Calls of <c>Lock.EnterScope</c>, or of a member that returns its scope, whose result no <c>using</c> takes, in source order, those of lambdas and local functions included.</summary>
    public ImmutableArray<IInvocationOperation> ScopeCalls { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>All calls of <c>Lock.EnterScope</c>.</summary>
    public IEnumerable<IInvocationOperation> ScopeOpenings => ScopeCalls.Where(Model.Locks.OpensScope).Concat(HeldScopes);

    /// <summary>Those whose scope a <c>using</c> takes.</summary>
    public ImmutableArray<IInvocationOperation> HeldScopes { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>Statements that hold such a scope and nothing else over a block: <c>using (gate.EnterScope())</c>.</summary>
    public IEnumerable<IUsingOperation> ScopeStatements => HeldScopes.Select(StatementAround).OfType<IUsingOperation>();

    /// <summary>Calls and creations of members in source whose result a <c>using</c> disposes of, and calls of such that are given a lambda: either may hold a lock meanwhile. In source order.</summary>
    public ImmutableArray<IOperation> GuardCandidates { get; private set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Calls and creations of members in source that give something to dispose of, which is dropped. In source order.</summary>
    public ImmutableArray<IOperation> DroppedResults { get; private set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Those that give it to a local which no <c>using</c> disposes of. In source order.</summary>
    public ImmutableArray<IOperation> KeptGuards { get; private set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Creations of <c>SemaphoreSlim</c> in source order.</summary>
    public ImmutableArray<IObjectCreationOperation> Semaphores { get; private set; } = ImmutableArray<IObjectCreationOperation>.Empty;

    /// <summary>Calls of <c>System.Threading.Interlocked</c> in source order, lambdas and local functions included.</summary>
    public ImmutableArray<IInvocationOperation> AtomicCalls { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>Calls and creations that take a delegate to run elsewhere, in source order.</summary>
    public ImmutableArray<IOperation> ForkCalls { get; private set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Calls that start a thread or task, wait for one to end, or break into it, in source order.</summary>
    public ImmutableArray<IInvocationOperation> HandleCalls { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>Calls that wait for several tasks at once, in source order.</summary>
    public ImmutableArray<IInvocationOperation> TaskGroups { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>What sets a thread or task going: forks, and the calls that start one that was made before.</summary>
    public IEnumerable<IOperation> Starts => ForkCalls.Concat<IOperation>(HandleCalls.Where(c => WaitModels.ActionOf(c.TargetMethod, Model.Types) == HandleAction.Start));

    /// <summary>Calls that start a child process, in source order.</summary>
    public ImmutableArray<IInvocationOperation> ProcessStarts { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>Handlers that are added to events which the framework raises on other threads, in source order.</summary>
    public ImmutableArray<IEventAssignmentOperation> EventHandlers { get; private set; } = ImmutableArray<IEventAssignmentOperation>.Empty;

    /// <summary>Calls and properties of objects through which threads hand over work, results or the news of an end, in source order.</summary>
    public ImmutableArray<IOperation> QueueUses { get; private set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Reads and writes through views of memory maps, in source order.</summary>
    public ImmutableArray<IInvocationOperation> MappedCalls { get; private set; } = ImmutableArray<IInvocationOperation>.Empty;

    /// <summary>Handlers that are added to the ticks of a timer, in source order.</summary>
    public IEnumerable<IEventAssignmentOperation> TimerHandlers => EventHandlers.Where(h => EventModels.KindOf(h, Model.Types) == BackgroundEvent.Tick);

    /// <summary>Lambdas or local functions stand in it, which may name its variables.</summary>
    public bool HasFunctions { get; private set; }

    /// <summary>A named bound of the engine was hit: the flow facts of this body are unknown and its rules silent.</summary>
    public bool HitBound { get; internal set; }

    /// <summary>Calls of members of the type, or of a lock type in source, that may leave a lock otherwise than they found it, or set a flag that may be a lock; lambdas and local functions included.</summary>
    public bool CallsLockHelpers { get; private set; }

    /// <summary>Its locks have to be followed along its paths: there are calls that acquire or release, and no statement shows where they pair.</summary>
    public bool HasLockFlow => !LockCalls.IsEmpty || !ScopeCalls.IsEmpty || CallsLockHelpers;

    /// <summary>Whether the operation counts as able to throw; members of the type and local functions that are seen not to do not, nor the wait for one of them.</summary>
    public bool MayThrow(IOperation operation) => Model.Throws.MayThrow(operation) && operation switch
    {
        IAwaitOperation { Operation: IInvocationOperation { IsImplicit: true, TargetMethod.Name: "MoveNextAsync" } } => true,
        IAwaitOperation { Operation: IInvocationOperation call } => Model.Throws.MayThrow(call) && !NeverThrows(call.TargetMethod),
        IInvocationOperation call => !NeverThrows(call.TargetMethod),
        _ => true,
    };

    private bool NeverThrows(IMethodSymbol called) => called.MethodKind == MethodKind.LocalFunction
        ? HasFunctions && Root.Descendants().OfType<ILocalFunctionOperation>().FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, called.OriginalDefinition)) is { } function &&
          function.Descendants().All(o => o is not IThrowOperation && !Model.Throws.MayThrow(o))
        : Type?.NeverThrows(called) == true;

    /// <summary>Counts a call that is followed; false when there were too many, so that calls of calls which multiply cost no more than a moment.</summary>
    public bool MayFollowCall() => _callsLeft-- > 0;

    /// <summary>The control-flow graph, which the driver caches and shares; null for a body without a flow of locks, for which none is built.</summary>
    public ControlFlowGraph? Graph { get; private set; }

    /// <summary>Takes the graph, which the driver gives within its callback alone.</summary>
    public void Keep(ControlFlowGraph graph) => Graph = graph;

    /// <summary>
    /// What <paramref name="analysis"/>, which stands above the walk, makes of this body; computed when the first rule asks. One kind of result
    /// has one analysis.
    /// </summary>
    public T Once<T>(Func<BodyFacts, T> analysis)
        where T : notnull
    {
        _computed ??= [];
        if (!_computed.TryGetValue(typeof(T), out var result))
        {
            // Bodies that call each other ask for one another: the answer of the outermost question stands.
            _computed[typeof(T)] = result = analysis(this);
        }

        return (T)result;
    }

    public static BodyFacts Collect(IOperation root, ISymbol owner, Model model, CancellationToken cancellation, TypeFacts? type = null)
    {
        var facts = new BodyFacts(root, owner, model, type, cancellation);
        ImmutableArray<LockAction>.Builder? locks = null;
        ImmutableArray<IInvocationOperation>.Builder? atomics = null;
        ImmutableArray<IOperation>.Builder? forks = null;
        ImmutableArray<IInvocationOperation>.Builder? handles = null;
        ImmutableArray<IInvocationOperation>.Builder? processes = null;
        ImmutableArray<IOperation>.Builder? queues = null;
        ImmutableArray<IInvocationOperation>.Builder? mapped = null;
        ImmutableArray<ILockOperation>.Builder? statements = null;
        ImmutableArray<IInvocationOperation>.Builder? scopes = null;
        ImmutableArray<IInvocationOperation>.Builder? held = null;
        ImmutableArray<IOperation>.Builder? guards = null;
        var quiet = new QuietBody(owner, model, type);
        foreach (var operation in root.DescendantsAndSelf())
        {
            quiet.See(operation);
            if (type is not null && DisposableOf(operation) is { } disposable)
            {
                if (IsDropped(disposable))
                {
                    facts.DroppedResults = facts.DroppedResults.Add(operation);
                }
                else if (IsKept(disposable))
                {
                    facts.KeptGuards = facts.KeptGuards.Add(operation);
                    facts.Contents |= BodyContents.Guards;
                }
            }

            if (type is not null && MayGuard(operation))
            {
                (guards ??= ImmutableArray.CreateBuilder<IOperation>()).Add(operation);
            }

            switch (operation)
            {
                case IInvocationOperation call when !call.IsImplicit:
                    facts.Contents |= SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, owner.ContainingType) ? BodyContents.OwnCalls : BodyContents.None;
                    facts.CallsLockHelpers |= type is not null && (type.LockHelpers.Contains(call.TargetMethod.Name) && type.Owns(call.TargetMethod) || IsOfOtherLock(call, type));
                    if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Interlocked))
                    {
                        (atomics ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                        facts.CallsLockHelpers |= type is not null && MayTakeFlag(call);
                    }
                    else if (model.Locks.MeaningOf(call) is { } action)
                    {
                        (locks ??= ImmutableArray.CreateBuilder<LockAction>()).Add(action);
                    }
                    else if (model.Locks.OpensScope(call))
                    {
                        if (!IsOfUsing(call))
                        {
                            (scopes ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                        }
                        else
                        {
                            (held ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                        }
                    }
                    else if (model.Locks.ReturnsScope(call))
                    {
                        if (!IsOfUsing(call))
                        {
                            (scopes ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                        }
                    }
                    else if (OrderModels.LosesOrder(call, model.Types))
                    {
                        facts.Contents |= BodyContents.Forks;
                    }
                    else if (ForkModels.IsFork(call.TargetMethod, model.Types))
                    {
                        (forks ??= ImmutableArray.CreateBuilder<IOperation>()).Add(call);
                    }
                    else if (WaitModels.IsWaitForAll(call.TargetMethod, model.Types))
                    {
                        facts.TaskGroups = facts.TaskGroups.Add(call);
                    }
                    else if (WaitModels.ActionOf(call.TargetMethod, model.Types) != HandleAction.None)
                    {
                        (handles ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                    }
                    else if (ProcessModels.IsStart(call.TargetMethod, model.Types))
                    {
                        (processes ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                    }
                    else if (ProcessModels.IsWait(call.TargetMethod, model.Types) || KnownType.Is(call.Type, model.Types.Process))
                    {
                        // A helper may have started it.
                        facts.Contents |= BodyContents.Processes;
                    }
                    else if (QueueModels.IsUse(call.TargetMethod, model.Types))
                    {
                        (queues ??= ImmutableArray.CreateBuilder<IOperation>()).Add(call);
                    }
                    else if (MappedMemoryModels.IsAccess(call, model.Types))
                    {
                        (mapped ??= ImmutableArray.CreateBuilder<IInvocationOperation>()).Add(call);
                    }
                    else if (DisposalModels.IsDisposal(call.TargetMethod, model.Types))
                    {
                        facts.Contents |= BodyContents.Scopes;
                    }

                    break;
                case IFieldReferenceOperation field when type is not null && SymbolEqualityComparer.Default.Equals(field.Field.ContainingType?.OriginalDefinition, type.Type):
                    type.Add(FieldWrite.Of(field, owner));
                    type.AddUse(field, model);
                    type.Add(StaticChange.Of(field, owner));
                    break;
                case IFieldInitializerOperation initializer when type is not null:
                    foreach (var initialized in initializer.InitializedFields)
                    {
                        type.Add(new FieldWrite(initialized.OriginalDefinition, FieldWriteKind.Initializer, initializer, initializer.Value, owner));
                    }

                    break;
                case IPropertyReferenceOperation property when QueueModels.IsUse(property.Property, model.Types):
                    (queues ??= ImmutableArray.CreateBuilder<IOperation>()).Add(property);
                    break;
                case IPropertyReferenceOperation property when ProcessModels.IsOfExitOrOutput(property.Property, model.Types):
                    facts.Contents |= BodyContents.Processes;
                    break;
                case IEventAssignmentOperation assignment when EventModels.KindOf(assignment, model.Types) != BackgroundEvent.None:
                    facts.EventHandlers = facts.EventHandlers.Add(assignment);
                    break;
                case IUsingOperation or IUsingDeclarationOperation:
                    facts.Contents |= BodyContents.Scopes;
                    break;
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    facts.HasFunctions = true;
                    break;
                case ILockOperation statement:
                    (statements ??= ImmutableArray.CreateBuilder<ILockOperation>()).Add(statement);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } creation when ForkModels.IsFork(constructor, model.Types):
                    (forks ??= ImmutableArray.CreateBuilder<IOperation>()).Add(creation);
                    break;
                case IObjectCreationOperation semaphore when KnownType.Is(semaphore.Type, model.Types.SemaphoreSlim):
                    facts.Semaphores = facts.Semaphores.Add(semaphore);
                    break;
                case IObjectCreationOperation creation when QueueModels.IsMade(creation.Type, model.Types):
                    facts.Contents |= BodyContents.Queues;
                    break;
            }
        }

        if (quiet.IsQuiet)
        {
            type!.AddQuiet((IMethodSymbol)owner, quiet.Calls, quiet.NeverThrows);
        }

        if (locks is not null)
        {
            facts.LockCalls = locks.ToImmutable();
            facts.Contents |= BodyContents.ExplicitLocks;
        }

        if (scopes is not null)
        {
            facts.ScopeCalls = scopes.ToImmutable();
            facts.Contents |= BodyContents.ExplicitLocks;
        }

        if (held is not null)
        {
            facts.HeldScopes = held.ToImmutable();
            facts.Contents |= BodyContents.LockStatements;
        }

        if (guards is not null)
        {
            facts.GuardCandidates = guards.ToImmutable();
            facts.Contents |= BodyContents.Guards;
        }

        if (statements is not null)
        {
            facts.LockStatements = statements.ToImmutable();
            facts.Contents |= BodyContents.LockStatements;
        }

        if (atomics is not null)
        {
            facts.AtomicCalls = atomics.ToImmutable();
            facts.Contents |= BodyContents.Atomics;
        }

        if (forks is not null)
        {
            facts.ForkCalls = forks.ToImmutable();
            facts.Contents |= BodyContents.Forks;
        }

        if (handles is not null)
        {
            facts.HandleCalls = handles.ToImmutable();
            facts.Contents |= BodyContents.Forks;
        }

        if (processes is not null)
        {
            facts.ProcessStarts = processes.ToImmutable();
            facts.Contents |= BodyContents.Processes;
        }

        if (queues is not null)
        {
            facts.QueueUses = queues.ToImmutable();
            facts.Contents |= BodyContents.Queues;
        }

        if (mapped is not null)
        {
            facts.MappedCalls = mapped.ToImmutable();
            facts.Contents |= BodyContents.MappedMemory;
        }

        if (EntryPoints.IsProgram(owner, model, cancellation))
        {
            facts.Contents |= BodyContents.Program;
        }

        return facts;
    }

    /// <summary>It may set a private flag that is a lock.</summary>
    private static bool MayTakeFlag(IInvocationOperation call) => call is { TargetMethod.Name: "Exchange" or "CompareExchange", Parent: not IExpressionStatementOperation, Arguments: { Length: > 1 } arguments } &&
        arguments[0].Value is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Boolean or SpecialType.System_Int64 } } &&
        arguments[1].Value.ConstantValue.HasValue;

    private static bool MayGuard(IOperation operation) => operation switch
    {
        IInvocationOperation { IsImplicit: false, TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } method } call => !method.ReturnsVoid && IsDisposedOf(call) ||
            call.Arguments.Any(static a => a.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation }),
        IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false } creation => IsDisposedOf(creation),
        _ => false,
    };

    /// <summary>A disposable object that a member in source returns, or a constructor makes, with the wait for it; null for any other operation.</summary>
    private static IOperation? DisposableOf(IOperation operation)
    {
        if (operation is not (IInvocationOperation { IsImplicit: false, TargetMethod: { ReturnsVoid: false, DeclaringSyntaxReferences.IsEmpty: false } } or IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false }))
        {
            return null;
        }

        var value = operation;
        while (value.Parent is IConversionOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
        }

        return value.Type is { } made && (made.SpecialType == SpecialType.System_IDisposable || made.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_IDisposable || i.Name == "IAsyncDisposable")) ? value : null;
    }

    private static bool IsDropped(IOperation value) => value.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } && value is not IAssignmentOperation;

    private static bool IsKept(IOperation value) => !IsOfUsing(value) &&
        value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation } or ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation, Parent: IExpressionStatementOperation };

    private static bool IsDisposedOf(IOperation value)
    {
        while (value.Parent is IConversionOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
        }

        return IsOfUsing(value);
    }

    /// <summary>By its name it takes or gives back a lock of a type in source.</summary>
    private static bool IsOfOtherLock(IInvocationOperation call, TypeFacts type) =>
        call.Instance is not null and not IInstanceReferenceOperation && type.LockWords is { } words && (words.IsAcquire(call.TargetMethod.Name) || words.IsRelease(call.TargetMethod.Name)) &&
        !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsOfUsing(IOperation call) => call.Parent is IUsingOperation || GroupAround(call)?.Parent is IUsingOperation or IUsingDeclarationOperation;

    /// <summary>The <c>using</c> statement whose only resource the call gives.</summary>
    private static IUsingOperation? StatementAround(IOperation call) =>
        call.Parent as IUsingOperation ?? (GroupAround(call) is { Declarations: { Length: 1 } declarations, Parent: IUsingOperation statement } && declarations[0].Declarators.Length == 1 ? statement : null);

    private static IVariableDeclarationGroupOperation? GroupAround(IOperation call) =>
        call.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation group } } } ? group : null;
}
