using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>An object that other threads can find before it is complete.</summary>
/// <param name="Member">The field or property that it is found by.</param>
/// <param name="At">The statement's expression that publishes it: an assignment, or the call that adds it to a collection.</param>
/// <param name="After">What completes it and comes too late.</param>
/// <param name="IsThis">Whether a constructor publishes the object that it makes.</param>
internal sealed record EarlyPublication(ISymbol Member, IOperation At, IOperation After, bool IsThis)
{
    /// <summary>Whether the statements can be put in the other order: nothing else names the object in between.</summary>
    public bool CanBeMoved { get; init; } = true;
}

/// <summary>
/// Finds new objects that are stored in a field and filled afterwards, and constructors that store <c>this</c> in a static field or add it to a static concurrent collection and then go on. That other threads look into the field must show: it is
/// volatile, used by <c>Interlocked</c>, used under a lock elsewhere, or read by a body that the type starts; and a reader must hold no lock that the publisher holds. Where there was no object before, only a reader that reckons
/// with none can come that early: the others are started, or told, later.
/// </summary>
internal sealed class EarlyPublications
{
    private readonly TypeFacts _type;
    private readonly EntryLocks _entry;
    private readonly ILookup<ISymbol?, Access> _byField;
    private readonly List<EarlyPublication> _found = [];

    private EarlyPublications(TypeFacts type)
    {
        _type = type;
        _entry = EntryLocks.Of(type);
        _byField = TypeAccesses.Of(type).Functions.SelectMany(static f => f.Accesses).ToLookup(a => Guards.FieldOf(a.Place, type), SymbolEqualityComparer.Default);
        foreach (var field in _byField.Where(static f => f.Key is not null && !PerThread.Is(f.Key)))
        {
            foreach (var write in field.Where(static a => a.At is IMemberReferenceOperation))
            {
                if (StoreOf(write) is var (store, value) && LateFilling(write, store, value) is { } filling && IsSeen(write, field.Key!))
                {
                    _found.Add(new EarlyPublication(field.Key!, store, filling, false) { CanBeMoved = store is ISimpleAssignmentOperation && !CallsBehind(write, store).Any(c => Touches(c, write.Place)) });
                }
            }
        }

        foreach (var constructor in TypeAccesses.Of(type).Functions.Where(static f => f is { Role: FunctionRole.Member, Symbol.MethodKind: MethodKind.Constructor }))
        {
            OfThis(constructor);
        }
    }

    public static IReadOnlyList<EarlyPublication> Of(TypeFacts type) => type.Type.TypeKind == TypeKind.Struct ? [] : new EarlyPublications(type)._found;

    /// <summary>The statement's assignment of a new object, or of a local that holds one, to the field; or the atomic call that stores it.</summary>
    private static (IOperation Store, IOperation Value)? StoreOf(Access access)
    {
        var (store, value) = access switch
        {
            { Kind: AccessKind.Write, At.Parent: ISimpleAssignmentOperation assignment } => (assignment, assignment.Value),
            { Kind: AccessKind.Atomic, At.Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Write" or "Exchange" or "CompareExchange", Arguments: { Length: > 1 } arguments } call } } => (call, arguments[1].Value),
            _ => ((IOperation?)null, (IOperation?)null),
        };
        return store is { Parent: IExpressionStatementOperation } && (IsNew(value) || (Conversions.WithoutBuiltIn(value) is ILocalReferenceOperation { Local: var local } && IsNew(Locals.OnlyValue(local, access.In.Body.Root)))) ? (store, value!) : null;
    }

    private static bool IsNew(IOperation? value) => Conversions.WithoutBuiltIn(value) is IObjectCreationOperation { Type.IsReferenceType: true } or IArrayCreationOperation;

    /// <summary>The first statement behind the store, in its own list, that fills the object, by itself or by a helper of the type.</summary>
    private IOperation? LateFilling(Access write, IOperation store, IOperation value)
    {
        var statement = store.Parent!;
        var list = StraightLine.Siblings(statement);
        var local = Conversions.WithoutBuiltIn(value) is ILocalReferenceOperation { Local: var kept } ? kept : null;
        foreach (var later in list.Skip(list.IndexOf(statement) + 1))
        {
            if (later is not (IExpressionStatementOperation or ILoopOperation or IVariableDeclarationGroupOperation or IConditionalOperation or IUsingOperation or ITryOperation) || Operations.OfFunction(later).Any(o => o is IAwaitOperation or IReturnOperation || (IsField(o) && StraightLine.IsTarget(o))))
            {
                return null;
            }

            if (DoubleChecks.Fills(later, IsObject) || write.In.Calls.Any(c => later.Syntax.Span.Contains(c.At.Syntax.Span) && IsFilledBy(c, write.Place)))
            {
                return later;
            }
        }

        return null;

        bool IsField(IOperation operation) => write.Place.Equals(SharedPlace.Of(operation)) && operation is IMemberReferenceOperation;

        bool IsObject(IOperation operation) => Conversions.WithoutBuiltIn(operation) is { } plain && (IsField(plain) || (plain is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)));
    }

    /// <summary>A private helper that changes the collection in the field with no lock of its own.</summary>
    private bool IsFilledBy(FunctionCall call, AccessPath place) => call is { IsCall: true, Target: { DeclaredAccessibility: Accessibility.Private } or { MethodKind: MethodKind.LocalFunction } } &&
        Side.Of(call, TypeAccesses.Of(_type)).Accesses.Any(a => a.Access.Kind == AccessKind.Change && a.Access.Place.Equals(place) && a.Held.Equals(call.Held));

    private static IEnumerable<FunctionCall> CallsBehind(Access write, IOperation store) => write.In.Calls.Where(c => c.At.Syntax.SpanStart > store.Syntax.Span.End);

    private bool Touches(FunctionCall call, AccessPath place) => Side.Of(call, TypeAccesses.Of(_type)).Accesses.Any(a => a.Access.Place.Equals(place));

    /// <summary>Whether a reader on another thread may find the object: the code shows that threads share the field, and no lock keeps the reader out.</summary>
    private bool IsSeen(Access write, ISymbol field)
    {
        var held = _entry.At(write);
        if (_entry.IsOwned(write) || held.IsUnknown || _type.IsNamedInDisabledCode(field.Name))
        {
            return false;
        }

        var writing = new HashSet<CodeFunction>(_entry.RootsOf(write.In));
        var isFirst = !HasObject(field) || NullTest.BeforeFill(write.At, o => write.Place.Equals(SharedPlace.Of(o))) is not null;
        return _byField[field].Any(read => (read.Kind is AccessKind.Read or AccessKind.Use || IsVolatileRead(read)) && (!isFirst || NullTest.IsAsked(read.At, read.In.Root)) && !OnlyEnds(read) && !SymbolEqualityComparer.Default.Equals(read.In.Member, write.In.Member) && !_entry.IsOwned(read) && _entry.At(read) is var other && !Sharing.Exclude(held, other) &&
            new HashSet<CodeFunction>(_entry.RootsOf(read.In)) is var reading && !(reading.Count == 1 && reading.SetEquals(writing) && IsForked(reading.First())) &&
            (IsSharedField(field) || held.Locks.Any(l => Guards.Names(l, field)) || (reading.All(IsForked) && !reading.Overlaps(writing) && !Waits(writing))));
    }

    /// <summary>Whether the read only ends the object, complete or not: <c>_w?.Dispose()</c>.</summary>
    private static bool OnlyEnds(Access read) => read.At.Parent switch
    {
        IInvocationOperation call => call.Instance == read.At && IsEnd(call),
        IConditionalAccessOperation access => access.Operation == read.At && access.WhenNotNull is IInvocationOperation call && IsEnd(call),
        _ => false,
    };

    private static bool IsEnd(IInvocationOperation call) => call.TargetMethod is { Name: "Dispose" or "DisposeAsync" or "Close", Parameters.IsEmpty: true };

    /// <summary>Whether the field holds an object from the start.</summary>
    private bool HasObject(ISymbol field) => _byField[field].Any(a => _entry.IsOwned(a) && StoreOf(a) is not null) ||
        field.DeclaringSyntaxReferences.Any(static r => Assignments.Initializer(r.GetSyntax()) is { } value && !value.DescendantNodesAndSelf().All(static n => n.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.SuppressNullableWarningExpression));

    private static bool IsVolatileRead(Access access) => access.Kind == AccessKind.Atomic && access.At.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Read" } };

    /// <summary>Whether the code treats the field as one that threads share.</summary>
    private bool IsSharedField(ISymbol field) => field is IFieldSymbol { IsVolatile: true } || _byField[field].Any(static a => a.Kind == AccessKind.Atomic);

    private bool IsForked(CodeFunction root) => root.Role == FunctionRole.Forked || _entry.IsGivenToFork(root);

    private bool Waits(HashSet<CodeFunction> roots) => roots.Any(r => Side.Of(r, TypeAccesses.Of(_type)).Waits || r.Body.Starts.Any());

    private void OfThis(CodeFunction constructor)
    {
        foreach (var operation in Operations.OfFunction(constructor.Root))
        {
            if (Published(operation) is not { } member || !IsShared(member, operation) || HeldAround.Of(constructor.Body).At(operation) is not { IsEmpty: true } ||
                !StraightRun.IsAlwaysReached(operation, constructor.Root) || PerThread.Is(member))
            {
                continue;
            }

            if (constructor.Accesses.FirstOrDefault(a => a is { Kind: AccessKind.Write or AccessKind.Fill, Place: { Root: PathRoot.This, Steps.Length: 1 } } && a.At.Syntax.SpanStart > operation.Syntax.Span.End &&
                a.Place.Holder is not IFieldSymbol { IsVolatile: true }) is { } late)
            {
                _found.Add(new EarlyPublication(member, operation, late.At, true));
            }
        }
    }

    /// <summary>The static field or collection that <c>this</c> goes into.</summary>
    private static ISymbol? Published(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: null } target } assignment when IsThis(assignment.Value):
                return target.Member;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IMemberReferenceOperation { Instance: null } collection } } assignment when IsThis(assignment.Value):
                return collection.Member;
            case IInvocationOperation { Instance: IMemberReferenceOperation { Instance: null } collection } call when call.Arguments.Any(static a => IsThis(a.Value)) && call.TargetMethod.Name is "Add" or "TryAdd" or "Enqueue" or "Push" or "GetOrAdd" or "AddOrUpdate":
                return collection.Member;
            case IInvocationOperation { TargetMethod.Name: "Exchange" or "CompareExchange" or "Write" } call when call.Arguments is { Length: > 1 } arguments && IsThis(arguments[1].Value) && arguments[0].Value is IFieldReferenceOperation { Instance: null } field:
                return field.Field;
            default:
                return null;
        }
    }

    private bool IsShared(ISymbol member, IOperation at) => at switch
    {
        IInvocationOperation { Instance: { } collection } => IsConcurrent(collection.Type),
        IInvocationOperation => true,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } } => IsConcurrent(collection.Type),
        _ => IsSharedField(member) || _byField[member.OriginalDefinition].Any(a => _entry.At(a).Locks.Any(l => Guards.Names(l, member))),
    };

    private static bool IsConcurrent(ITypeSymbol? type) => ConcurrentCollections.IsDictionary(type) || ConcurrentCollections.IsQueue(type);

    private static bool IsThis(IOperation value) => Conversions.WithoutBuiltIn(value) is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
}
