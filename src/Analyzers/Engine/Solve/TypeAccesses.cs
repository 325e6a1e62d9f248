using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The functions of a type and what each does with variables that others may share: fields and auto-properties of the object at hand, static ones, and captured locals. Read once from the
/// bodies, when all of them are in; bodies of nested types are judged with their own type.
/// </summary>
internal sealed class TypeAccesses
{
    private readonly Dictionary<IMethodSymbol, CodeFunction> _bySymbol = new(SymbolEqualityComparer.Default);
    private readonly List<CodeFunction> _functions = [];
    private readonly List<(INamedTypeSymbol Type, IOperation At, CodeFunction In)> _handedOut = [];
    private readonly List<(IPropertyReferenceOperation At, CodeFunction In)> _propertyUpdates = [];

    private TypeAccesses(TypeFacts type)
    {
        foreach (var body in type.AllBodies())
        {
            body.Cancellation.ThrowIfCancellationRequested();
            Read(body);
        }

        foreach (var (at, function) in _propertyUpdates)
        {
            if (FieldBehind(at.Property) is { } field)
            {
                function.Accesses.Add(new Access(field, AccessKind.Update, at, function));
            }
        }

        var aliases = new CollectionAliases(_functions.SelectMany(static f => f.Accesses));
        foreach (var function in _functions)
        {
            if (function.Accesses.Exists(CollectionAliases.MayGiveOne))
            {
                function.Accesses.AddRange(function.Accesses.SelectMany(aliases.Of).ToList());
            }
        }

        FollowGiven();
        var given = new GivenCollections(this, type);
        foreach (var function in _functions)
        {
            for (var i = 0; i < function.Accesses.Count; i++)
            {
                if (function.Accesses[i] is { Kind: AccessKind.Read, At.Parent: IArgumentOperation or IConversionOperation, Collection: not null } read && given.KindOf(read.At) is var kind and not AccessKind.Read)
                {
                    function.Accesses[i] = new Access(read.Place, kind, read.At, function);
                }
            }
        }
    }

    /// <summary>In source order.</summary>
    public IReadOnlyList<CodeFunction> Functions => _functions;

    /// <summary>Where the object at hand is given to a call as an interface.</summary>
    public IReadOnlyList<(INamedTypeSymbol Type, IOperation At, CodeFunction In)> HandedOut => _handedOut;

    public static TypeAccesses Of(TypeFacts type) => type.Once(static type => new TypeAccesses(type));

    /// <summary>The function with the symbol, or null for one of another type.</summary>
    public CodeFunction? FunctionOf(IMethodSymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        return _bySymbol.TryGetValue(symbol.PartialImplementationPart ?? symbol, out var function) ? function : null;
    }

    /// <summary>The function of the body that the operation stands in.</summary>
    public CodeFunction? Around(IOperation operation, BodyFacts body)
    {
        var function = operation.FunctionAround();
        return function is null ? _functions.FirstOrDefault(f => f.Body == body && f.Role == FunctionRole.Member) : FunctionOf(function);
    }

    /// <summary>What runs before the call that it is given to returns is a part of its function.</summary>
    private void FollowGiven()
    {
        foreach (var function in _functions)
        {
            if (function is { Role: FunctionRole.Stored, Root: IAnonymousFunctionOperation lambda } && RunAtOnce.ByHelper(lambda, lambda.Symbol.IsAsync, this))
            {
                function.Outer!.Helped.Add(function);
            }

            foreach (var call in function.Calls)
            {
                call.RunsHere = call.IsCall || (call.At is IMethodReferenceOperation method && (RunAtOnce.ByFramework(method, function.Body.Model) || RunAtOnce.ByHelper(method, call.Target.IsAsync, this)));
            }
        }
    }

    private void Read(BodyFacts body)
    {
        var root = new CodeFunction(body.Owner as IMethodSymbol, body, body.Root, null, FunctionRole.Member, LockSet.Empty);
        var within = new Dictionary<IOperation, CodeFunction> { [body.Root] = root };
        var captured = Captured(body.Root);
        Add(root);
        foreach (var operation in body.Root.Descendants())
        {
            switch (operation)
            {
                case IAnonymousFunctionOperation lambda:
                    var outer = Around(lambda);
                    var role = RoleOf(lambda, body.Model);
                    var function = new CodeFunction(lambda.Symbol, body, lambda, outer, role, role == FunctionRole.Inline ? HeldAround.Of(body).At(lambda) : LockSet.Empty);
                    within.Add(lambda, function);
                    if (role == FunctionRole.Inline)
                    {
                        outer.Inner.Add(function);
                    }

                    Add(function);
                    break;
                case ILocalFunctionOperation local:
                    var named = new CodeFunction(local.Symbol, body, local, Around(local), FunctionRole.Local, LockSet.Empty);
                    within.Add(local, named);
                    Add(named);
                    break;
                case IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation:
                    Reference(operation);
                    break;
                case IInvocationOperation call:
                    Call(call.TargetMethod, call.Instance, call, true);
                    var caller = Around(call);
                    var tells = SignalModels.Tells(call.TargetMethod, body.Model.Types);
                    caller.Signals |= tells;
                    if (!tells && MayHoldUp(call, body.Model) && !IsPause(call, body.Model))
                    {
                        var gate = StartGates.Of(call, caller.Root, body.Type!, body.Model.Types);
                        var takes = QueueModels.IsTake(call.TargetMethod, body.Model.Types);
                        caller.StartGate ??= gate;
                        caller.Takes |= takes;
                        caller.HoldsUp |= gate is null && !takes;
                    }

                    break;
                case IMethodReferenceOperation method:
                    Call(method.Method, method.Instance, method, false);
                    break;
                case IConversionOperation { Operand: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Type: INamedTypeSymbol { TypeKind: TypeKind.Interface } type, Parent: IArgumentOperation }:
                    _handedOut.Add((type, operation, Around(operation)));
                    break;
                case IAwaitOperation wait when IsHandle(wait.Operation):
                case IWhileLoopOperation loop when IsSpin(loop):
                    Around(operation).HoldsUp = true;
                    break;
            }
        }

        CodeFunction Around(IOperation operation)
        {
            var at = operation.Parent!;
            CodeFunction? found;
            while (!within.TryGetValue(at, out found))
            {
                at = at.Parent!;
            }

            return found;
        }

        void Reference(IOperation operation)
        {
            if (operation is IPropertyReferenceOperation { Property: var property } reference && !SharedPlace.IsAuto(property))
            {
                foreach (var accessor in new[] { property.GetMethod, property.SetMethod })
                {
                    if (accessor is not null)
                    {
                        Call(accessor, reference.Instance, reference, true);
                    }
                }

                if (reference.Parent is IIncrementOrDecrementOperation || (reference.Parent is ICompoundAssignmentOperation { Target: var target } && target == reference))
                {
                    if (body.Type!.Owns(property) && reference.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
                    {
                        _propertyUpdates.Add((reference, Around(reference)));
                    }
                }

                return;
            }

            if (Variable(operation) is { } variable && !captured.Contains(variable) || SharedPlace.Of(operation) is not { } place || AccessReader.Of(operation, body) is not { } access)
            {
                return;
            }

            var around = Around(operation);
            around.Accesses.Add(new Access(place, access.Kind, access.At, around));
        }

        void Call(IMethodSymbol target, IOperation? instance, IOperation at, bool isCall)
        {
            if (target.MethodKind == MethodKind.LocalFunction || (body.Type!.Owns(target) && instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }))
            {
                var around = Around(at);
                around.Calls.Add(new FunctionCall(target.OriginalDefinition.PartialImplementationPart ?? target.OriginalDefinition, at, around, isCall));
            }
        }
    }

    /// <summary>The field that a property gives and stores as it is, with no lock: an update by way of the property is one of the field.</summary>
    private AccessPath? FieldBehind(IPropertySymbol property)
    {
        if (property.IsVirtual || property.IsOverride || property.GetMethod is not { } getter || property.SetMethod is not { } setter || Only(getter) is not { Kind: AccessKind.Read or AccessKind.Atomic } read || Only(setter) is not { Kind: AccessKind.Write or AccessKind.Atomic } write)
        {
            return null;
        }

        return read.Place.Equals(write.Place) && write.In.Root.Descendants().OfType<IParameterReferenceOperation>().Count() == 1 ? read.Place : null;

        Access? Only(IMethodSymbol accessor) => FunctionOf(accessor) is { Calls.Count: 0, Inner.Count: 0, Accesses: { Count: 1 } accesses } && accesses[0] is { Held.IsEmpty: true } only ? only : null;
    }

    private void Add(CodeFunction function)
    {
        _functions.Add(function);
        if (function.Symbol is { } symbol)
        {
            // A constructor with an initializer comes as two bodies; nobody asks for it by its symbol.
            _bySymbol[symbol.OriginalDefinition] = function;
        }
    }

    /// <summary>The locals and parameters that some function within the body uses and does not own.</summary>
    private static HashSet<ISymbol> Captured(IOperation root)
    {
        var captured = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var function in root.Descendants().Where(static o => o is IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            var symbol = function is IAnonymousFunctionOperation lambda ? lambda.Symbol : ((ILocalFunctionOperation)function).Symbol;
            foreach (var operation in Operations.OfFunction(function))
            {
                if (Variable(operation) is { } variable && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, symbol))
                {
                    captured.Add(variable);
                }
            }
        }

        return captured;
    }

    /// <summary>A variable that a function owns; the parameters of a primary constructor belong to the object.</summary>
    private static ISymbol? Variable(IOperation operation) => Locals.VariableOf(operation) is { } variable && !SharedPlace.IsKept(variable) ? variable : null;

    /// <summary>Who runs a lambda or a method whose name is given away, from what the delegate is given to.</summary>
    public static FunctionRole RoleOf(IOperation function, Model model)
    {
        var at = function;
        var isOneOfMany = false;
        while (at.Parent is IDelegateCreationOperation or IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation)
        {
            at = at.Parent;
            isOneOfMany |= at is IArrayCreationOperation;
        }

        // Who is given several, as Parallel.Invoke is, may keep the array.
        return at.Parent is IArgumentOperation { Parent: { } call } && ForkModels.PartsOf(call).Method is { } method
            ? ForkModels.IsFork(method, model.Types) ? FunctionRole.Forked
                : !isOneOfMany && IsInline(method, model) ? FunctionRole.Inline
                : FunctionRole.Stored
            : FunctionRole.Stored;
    }

    /// <summary>Whether the method is done with a delegate when it returns, or the sequence it gives is: LINQ, the collections, arrays, text.</summary>
    private static bool IsInline(IMethodSymbol method, Model model) => KnownType.Is(method.ContainingType, model.Types.Enumerable) || KnownType.Is(method.ContainingType, model.Types.Array) ||
        method.ContainingType?.SpecialType == SpecialType.System_String ||
        (method.ContainingType?.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Collections.Immutable" && method.MethodKind != MethodKind.Constructor);

    /// <summary>A task that was started elsewhere: <c>await _ready.Task</c>, with or without <c>ConfigureAwait</c>.</summary>
    public static bool IsHandle(IOperation awaited) =>
        TaskModels.Unconfigured(awaited) is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation;

    /// <summary>A loop that does nothing until another thread lets it go: <c>while (!_ready) Thread.Yield();</c></summary>
    public static bool IsSpin(IWhileLoopOperation loop) => loop.Condition is { ConstantValue.HasValue: false } && loop.Body.Descendants().All(static o =>
        o is not (IAssignmentOperation or IIncrementOrDecrementOperation or IReturnOperation or IBranchOperation or ILockOperation) &&
        (o is not IInvocationOperation call || call.TargetMethod.ContainingType is { Name: "Thread" or "SpinWait" or "Task" }));

    /// <summary>
    /// The wait of a loop that goes on until it is told to stop, which is the last that its function does: <c>while (!_stop.WaitOne(100)) …</c>. A round begins when nobody has told it anything, so that only time has passed.
    /// </summary>
    private static bool IsPause(IInvocationOperation call, Model model) => call.Parent is IUnaryOperation { Parent: IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false, Parent: IBlockOperation { Parent: IMethodBodyBaseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation } block } loop } condition &&
        loop.Condition == condition && StopSignal.In(condition, model.Types) is not null && Timeouts.Of(WaitModels.LimitOf(call)) == TimeoutLength.Finite && block.Operations.Last(static o => o is not IReturnOperation { IsImplicit: true }) == loop;

    /// <summary>Whether the call may wait for another thread. A semaphore that lets several in holds up those who come late, and not the first; a tick waits for the time.</summary>
    public static bool MayHoldUp(IInvocationOperation call, Model model) => MayWait(call.TargetMethod, model) && !SignalModels.IsSignal(call.TargetMethod, model.Types) && !SemaphoreCounts.LetsSeveralIn(call) && !TimerModels.IsTick(call.TargetMethod);

    /// <summary>Whether the call may wait for another thread, or tell it to go on.</summary>
    public static bool MayWait(IMethodSymbol method, Model model) =>
        WaitModels.ActionOf(method, model.Types) is HandleAction.Join or HandleAction.TimedJoin || WaitModels.IsSignal(method, model.Types) ||
        (method.ContainingType?.ContainingNamespace?.ToDisplayString().StartsWith("System.Threading", System.StringComparison.Ordinal) == true &&
         (method.Name.StartsWith("Wait", System.StringComparison.Ordinal) || method.Name is "SignalAndWait" or "SpinUntil" or "Read" && method.ContainingType.Name.Contains("Channel")));
}
