using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What goes wrong between the two steps.</summary>
internal enum LateAct
{
    /// <summary>A key that was there is gone, and the index throws.</summary>
    Get,

    /// <summary>Two threads each make an object for a key, and one of them is lost while it is in use.</summary>
    Create,

    /// <summary>Two threads both find the key free, and the later value replaces the first.</summary>
    Claim,

    /// <summary>Two threads both find the key free, and both do what is meant for one.</summary>
    Twice,

    /// <summary>A value that is made from an old one replaces what was stored in between.</summary>
    Update,

    /// <summary>Two threads both find the value, remove it and use it.</summary>
    Remove,

    /// <summary>There was something, and now there is nothing to take.</summary>
    Take,

    /// <summary>A key that was missing is there, and adding it throws.</summary>
    Add,

    /// <summary>A number that was within its limit no longer is when it is counted on.</summary>
    Limit,
}

/// <summary>A step on a concurrent collection or a shared variable that relies on an earlier one.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Place">The collection or variable.</param>
/// <param name="Check">The earlier step.</param>
/// <param name="Act">The later step: a call, or the element that is read or stored; the same as the check where one expression is both.</param>
/// <param name="In">The function.</param>
internal sealed record CheckThenAct(LateAct Kind, AccessPath Place, IOperation Check, IOperation Act, CodeFunction In)
{
    /// <summary>Both are steps on a concurrent collection; else on a variable whose lock is left in between, or that has none.</summary>
    public bool IsOfCollection { get; init; } = true;
}

/// <summary>
/// Finds two steps on one concurrent collection of which the second is right only if the first still holds. That the collection is made for several threads is taken for the word of its author that there are some; a collection that one
/// thread of the type alone uses is left alone, and so is one under a lock, or of an object that is not yet given to anybody.
/// </summary>
internal sealed class CheckThenActs
{
    private readonly TypeFacts _type;
    private readonly EntryLocks _entry;
    private readonly Dictionary<AccessPath, List<Access>> _uses = [];
    private readonly List<CheckThenAct> _found = [];

    private CheckThenActs(TypeFacts type)
    {
        _type = type;
        _entry = EntryLocks.Of(type);
        foreach (var access in TypeAccesses.Of(type).Functions.SelectMany(static f => f.Accesses).Where(static a => a.Kind == AccessKind.Read && (ConcurrentCollections.IsDictionary(a.At.Type) || ConcurrentCollections.IsQueue(a.At.Type))))
        {
            if (!_uses.TryGetValue(access.Place, out var uses))
            {
                _uses.Add(access.Place, uses = []);
            }

            uses.Add(access);
        }

        foreach (var place in _uses.Where(p => !IsOfOneThread(p.Key, p.Value)))
        {
            foreach (var use in place.Value.Where(IsOpen))
            {
                if (Judge(use, place.Value) is var (kind, check, act) && !(kind == LateAct.Take && IsOfOneThread(place.Key, place.Value.Where(MayTake).ToList())))
                {
                    _found.Add(new CheckThenAct(kind, use.Place, check, act, use.In));
                }
            }
        }
    }

    public static IEnumerable<CheckThenAct> Of(TypeFacts type) => type.Type.TypeKind == TypeKind.Struct ? [] : new CheckThenActs(type)._found.Concat(SplitSections.Of(type)).Concat(SplitMembers.Of(type)).Concat(LazyCreations.Of(type));

    /// <summary>Whether the use may meet other threads: of a field in code that holds no lock and is not under construction; of a local, in a fork's body.</summary>
    private bool IsOpen(Access use) => use.Place.Root switch
    {
        PathRoot.This => !_entry.IsOwned(use) && !ConfinedTypes.Is(_type.Type),
        PathRoot.Static => !_entry.IsOwned(use) && !PerThread.Is(use.Place.Symbol!),
        _ => IsSharedByFork(use),
    } && _entry.At(use).IsEmpty;

    private static bool IsSharedByFork(Access use)
    {
        for (var function = use.In; function is not null && !SymbolEqualityComparer.Default.Equals(function.Symbol, use.Place.Symbol!.ContainingSymbol); function = function.Outer)
        {
            if (function.Role == FunctionRole.Forked)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the use may take something out of a queue: anything but putting in and looking.</summary>
    private static bool MayTake(Access use) => use.At.Parent is not (IInvocationOperation { TargetMethod.Name: "Enqueue" or "Push" or "Add" or "TryAdd" or "TryPeek" or "ToArray" or "PushRange" } or IPropertyReferenceOperation { Property.Name: "Count" or "IsEmpty" });

    /// <summary>Whether one body that the type starts, and nobody else, makes these uses of a private collection.</summary>
    private bool IsOfOneThread(AccessPath place, List<Access> uses)
    {
        if (place is not { Root: PathRoot.This or PathRoot.Static, Holder.DeclaredAccessibility: Accessibility.Private })
        {
            return false;
        }

        var roots = new HashSet<CodeFunction>(uses.Where(u => !_entry.IsOwned(u)).SelectMany(u => _entry.RootsOf(u.In)));
        return roots.Count == 1 && roots.First() is var root && (root.Role is FunctionRole.Forked or FunctionRole.Stored || _entry.IsGivenToFork(root));
    }

    private (LateAct Kind, IOperation Check, IOperation Act)? Judge(Access use, List<Access> all) => use.At.Parent switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments } element when element.Instance == use.At && ConcurrentCollections.IsDictionary(use.At.Type) => OfElement(element, new Key(use, arguments[0].Value), all),
        IInvocationOperation { Arguments.Length: > 0 } call when call.Instance == use.At => ConcurrentCollections.IsDictionary(use.At.Type) ? OfCall(call, new Key(use, call.Arguments[0].Value)) : OfTake(call, use),
        _ => null,
    };

    private (LateAct, IOperation, IOperation)? OfElement(IPropertyReferenceOperation element, Key key, List<Access> all)
    {
        if (!key.IsStable || IsOwnKey(key.Value))
        {
            return null;
        }

        switch (element.Parent)
        {
            case IIncrementOrDecrementOperation or ICompoundAssignmentOperation when StraightLine.IsTarget(element):
                return (LateAct.Update, element, element);
            case ISimpleAssignmentOperation assignment when assignment.Target == element:
                if (OldValues.In(assignment.Value, key.Takes) is { } old)
                {
                    return (LateAct.Update, old, element);
                }

                return key.TestBefore(element, false) is { } missing && Replaces(assignment, missing, key, all) is { } kind ? (kind, missing, element) : null;
            case { } when StraightLine.IsTarget(element):
                return null;
            case { } when element.AncestorsAndSelf().Any(a => a is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } && key.IsElement(target)):
                // What the store makes of it is told there.
                return null;
            default:
                return key.TestBefore(element, true) is { } present && all.Any(u => u.At.Parent is IInvocationOperation call && call.Instance == u.At && ConcurrentCollections.Removes(call) && !_entry.IsOwned(u)) ? (LateAct.Get, present, element) : null;
        }
    }

    private static (LateAct, IOperation, IOperation)? OfCall(IInvocationOperation call, Key key)
    {
        if (!key.IsStable || call.Parent is not IExpressionStatementOperation)
        {
            return null;
        }

        switch (call.TargetMethod.Name)
        {
            // The loser goes on with its own object.
            case "TryAdd" when call.Arguments.Length == 2 && Conversions.WithoutBuiltIn(call.Arguments[1].Value) is ILocalReferenceOperation { Local: var made } && LastValue(made, call) is { } value && NewObjects.Is(value, key.Use.In) &&
                    key.TestBefore(call, false) is { } missing && IsUsedAfter(made, call):
                return (LateAct.Create, missing, call);

            case "TryAdd" when call.Arguments.Length == 2 && call.Arguments[1].Value.ConstantValue.HasValue && key.TestBefore(call, false) is { } free && GoesOn(call, key.Use.In.Body.Model):
                return (LateAct.Twice, free, call);

            // What was found is used as if it had been taken.
            case "TryRemove" when call.Arguments.Length == 2 && key.TestBefore(call, true) is IInvocationOperation { TargetMethod.Name: "TryGetValue" } found && OutOf(found) is { } taken &&
                    !SymbolEqualityComparer.Default.Equals(OutOf(call), taken) && IsUsedAfter(taken, call):
                return (LateAct.Remove, found, call);
            default:
                return null;
        }
    }

    /// <summary>Whether the operation names the collection that is used. A place stands for all elements of an array, and these are many collections: which one is meant is not known.</summary>
    private static bool IsSame(Access use, IOperation? collection) => use.Place.Equals(SharedPlace.Of(collection)) && !use.At.DescendantsAndSelf().Any(static o => o is IArrayElementReferenceOperation);

    private static (LateAct, IOperation, IOperation)? OfTake(IInvocationOperation call, Access use)
    {
        if (call.TargetMethod.Name is not ("TryDequeue" or "TryPop" or "TryTake" or "TryPeek") || call.Arguments.Length != 1 || call.Parent is not IExpressionStatementOperation || OutOf(call) is not { } taken || !IsUsedAfter(taken, call, MayBeNull))
        {
            return null;
        }

        return EarlierTest.Before(call, IsTest, static _ => null, statement => Operations.OfFunction(statement).Any(o => o is IInvocationOperation { Instance: { } queue } && IsSame(use, queue))) is { } test
            ? (LateAct.Take, test, call)
            : null;

        IOperation? IsTest(IOperation condition, bool whenTrue)
        {
            var look = condition switch
            {
                IPropertyReferenceOperation { Property.Name: "IsEmpty" } property when !whenTrue => property,
                IBinaryOperation { LeftOperand: IPropertyReferenceOperation { Property.Name: "Count" } property, RightOperand.ConstantValue: { HasValue: true, Value: int number } } compared
                    when (whenTrue ? (compared.OperatorKind, number) is (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1)
                        : (compared.OperatorKind, number) is (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1)) => property,
                _ => null,
            };
            return look is { Instance: { } queue } && IsSame(use, queue) ? look : null;
        }
    }

    /// <summary>What goes wrong when the value is stored for a key that was missing and no longer is; null where it makes no difference.</summary>
    private static LateAct? Replaces(ISimpleAssignmentOperation assignment, IOperation missing, Key key, List<Access> all)
    {
        var value = assignment.Value;
        while (Conversions.WithoutBuiltIn(value) is ISimpleAssignmentOperation chain)
        {
            value = chain.Value;
        }

        var plain = Conversions.WithoutBuiltIn(value)!;
        if (plain is ILocalReferenceOperation { Local: var local } && LastValue(local, key.Use.At) is { } made)
        {
            plain = Conversions.WithoutBuiltIn(made)!;
        }

        return NewObjects.Is(plain, key.Use.In) ? LateAct.Create
            : IsOwnEachTime(plain, key.Use) ? LateAct.Claim
            : plain is IParameterReferenceOperation { Parameter: var given } && !key.Value.DescendantsAndSelf().Any(o => o is IParameterReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Parameter, given)) ? LateAct.Claim
            : plain.ConstantValue.HasValue ? (all.Any(static u => u.At.Parent is { } element && element.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation && StraightLine.IsTarget(element)) ? LateAct.Claim : GoesOn(assignment, key.Use.In.Body.Model) ? LateAct.Twice : null)
            : ThrowsIfPresent(missing) ? LateAct.Claim
            : null;
    }

    /// <summary>Whether each thread gets a value of its own, though the key is the same: a count, what the collection holds so far, a new identity.</summary>
    private static bool IsOwnEachTime(IOperation value, Access use) => value switch
    {
        IIncrementOrDecrementOperation => true,
        IInvocationOperation { TargetMethod: { Name: "Increment" or "Decrement" or "Add", ContainingType: var type } } => KnownType.Is(type, use.In.Body.Model.Types.Interlocked),
        IInvocationOperation { TargetMethod: { Name: "NewGuid", ContainingType: { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } } => true,
        IPropertyReferenceOperation { Property.Name: "Count", Instance: { } counted } => IsSame(use, counted),
        IBinaryOperation { RightOperand.ConstantValue.HasValue: true } sum => IsOwnEachTime(sum.LeftOperand, use),
        _ => false,
    };

    /// <summary>
    /// Whether something is put into a queue behind the claim, or a thread or task started: a step that is wrong when it is made twice. What only computes, or says that it was the first, may be made twice.
    /// </summary>
    private static bool GoesOn(IOperation claim, Model model)
    {
        var statement = claim.AncestorsAndSelf().First(static o => o.Parent is null or IBlockOperation or ISwitchCaseOperation or IConditionalOperation or ILoopOperation or IAnonymousFunctionOperation);
        var list = StraightLine.Siblings(statement);
        return list.Skip(list.IndexOf(statement) + 1).SelectMany(static later => later.DescendantsAndSelf())
            .Any(o => o is IInvocationOperation call && (QueueModels.IsPut(call.TargetMethod, model.Types) || ForkModels.IsFork(call.TargetMethod, model.Types)));
    }

    private static bool ThrowsIfPresent(IOperation test) => test.AncestorsAndSelf().OfType<IConditionalOperation>().FirstOrDefault() is { } choice && choice.Condition.IsAround(test) && choice.WhenTrue.DescendantsAndSelf().Any(static o => o is IThrowOperation);

    /// <summary>The value that the local was given last before the place, as the text goes.</summary>
    public static IOperation? LastValue(ILocalSymbol local, IOperation place)
    {
        var root = place.AncestorsAndSelf().Last();
        return root.Descendants().Select(o => o switch
            {
                IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Local, local) => assignment.Value,
                _ => null,
            })
            .LastOrDefault(v => v is not null && v.Syntax.SpanStart < place.Syntax.SpanStart);
    }

    /// <summary>Whether the use reckons with null, which a take of nothing gives: <c>?.</c>, <c>??</c>, or returned by a function that returns null elsewhere.</summary>
    private static bool MayBeNull(IOperation read) => read.Type is { IsReferenceType: true } && (read.Parent is ICoalesceOperation or IConditionalAccessOperation ||
        (read.Parent is IReturnOperation && Operations.OfFunction(read.AncestorsAndSelf().First(static o => o.Parent is null or IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<IReturnOperation>().Any(static r => r.ReturnedValue is { } value && NullTest.IsNull(value))));

    private static bool IsUsedAfter(ISymbol taken, IOperation act, System.Func<IOperation, bool>? isHarmless = null) => taken is ILocalSymbol local && Locals.Reads(local, act.AncestorsAndSelf().Last()).Any(r => r.Syntax.SpanStart > act.Syntax.Span.End && !IsLeftBefore(r, act) && isHarmless?.Invoke(r) != true && r.Parent is not (IBinaryOperation or IIsPatternOperation) && r.Parent is not IInvocationOperation { TargetMethod.Name: "TrySetResult" or "TrySetException" or "TrySetCanceled" });

    /// <summary>Whether the branch that the act stands in leads away from the read: <c>if (…) { act; return; } read;</c></summary>
    private static bool IsLeftBefore(IOperation read, IOperation act) => act.AncestorsAndSelf().Any(up => up.Parent is IConditionalOperation && WayOut.Leaves(up) && !up.IsAround(read));

    /// <summary>The local that a call hands its result to.</summary>
    private static ISymbol? OutOf(IInvocationOperation call) => call.Arguments.FirstOrDefault(static a => a.Parameter?.RefKind == RefKind.Out)?.Value switch
    {
        ILocalReferenceOperation local => local.Local,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    /// <summary>A key that no two threads have in common: the thread's number, the index of a parallel loop.</summary>
    private static bool IsOwnKey(IOperation key) => Conversions.WithoutBuiltIn(key) switch
    {
        ILocalReferenceOperation { Local: var local } => Locals.OnlyValue(local, key.AncestorsAndSelf().Last()) is { } value and not ILocalReferenceOperation && IsOwnKey(value),
        IPropertyReferenceOperation { Property.Name: "CurrentManagedThreadId" or "ManagedThreadId" or "CurrentId" or "CurrentThread" } => true,
        IParameterReferenceOperation { Parameter: { Ordinal: 0, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } => true,
        _ => false,
    };

    /// <summary>The key of a step, to be found again in an earlier one.</summary>
    private sealed class Key(Access use, IOperation value)
    {
        public Access Use { get; } = use;

        public IOperation Value { get; } = value;

        /// <summary>Whether the key means the same wherever it is written: made of variables, members and constants.</summary>
        public bool IsStable { get; } = value.DescendantsAndSelf().All(static o => o is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or
            IConversionOperation or ITupleOperation or IBinaryOperation or IInterpolatedStringOperation or IInterpolatedStringContentOperation or IArgumentOperation or ITypeOfOperation);

        public bool IsElement(IPropertyReferenceOperation element) => element.Arguments.Length == 1 && CheckThenActs.IsSame(Use, element.Instance) && IsSame(element.Arguments[0].Value);

        public bool IsCallOn(IInvocationOperation call) => call.Arguments.Length > 0 && CheckThenActs.IsSame(Use, call.Instance) && IsSame(call.Arguments[0].Value);

        /// <summary>Whether the operation takes the value that is there for the key.</summary>
        public bool Takes(IOperation operation) => operation switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true } element => IsElement(element),
            IInvocationOperation { TargetMethod.Name: "TryGetValue" or "GetOrAdd" } call => IsCallOn(call),
            _ => false,
        };

        /// <summary>The call that found the key, or found it missing, on the way to the act.</summary>
        public IOperation? TestBefore(IOperation act, bool isPresent) => EarlierTest.Before(act, (condition, whenTrue) => Test(condition, whenTrue == isPresent), static _ => null, Ends);

        private IOperation? Test(IOperation condition, bool isWanted) => isWanted && Asked(condition) is IInvocationOperation { TargetMethod.Name: "ContainsKey" or "TryGetValue" } call && IsCallOn(call) ? call : null;

        /// <summary>What gave the answer that a local keeps, with nothing in between that makes it worthless.</summary>
        private IOperation? Asked(IOperation condition) => condition is ILocalReferenceOperation { Local: var local }
            ? Locals.OnlyValue(local, Use.In.Root) is { } answer && !Operations.OfFunction(Use.In.Root).Any(o => o.Syntax.SpanStart > answer.Syntax.Span.End && o.Syntax.SpanStart < condition.Syntax.SpanStart && EndsAt(o)) ? answer : null
            : condition;

        /// <summary>A change of what the key is made of, or of the entry itself.</summary>
        private bool Ends(IOperation statement) => Operations.OfFunction(statement).Any(EndsAt);

        private bool EndsAt(IOperation o) => (o is ILocalReferenceOperation or IParameterReferenceOperation && StraightLine.IsTarget(o) && Value.DescendantsAndSelf().Any(part => IsSameVariable(part, o))) ||
            (o is IPropertyReferenceOperation { Property.IsIndexer: true } element && StraightLine.IsTarget(element) && IsElement(element)) ||
            (o is IInvocationOperation { TargetMethod.Name: "TryAdd" or "GetOrAdd" or "AddOrUpdate" } call && IsCallOn(call));

        private bool IsSame(IOperation other) => other.Syntax.IsEquivalentTo(Value.Syntax, topLevel: false);

        private static bool IsSameVariable(IOperation one, IOperation other) => (one, other) switch
        {
            (ILocalReferenceOperation a, ILocalReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Local, b.Local),
            (IParameterReferenceOperation a, IParameterReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Parameter, b.Parameter),
            _ => false,
        };
    }
}
