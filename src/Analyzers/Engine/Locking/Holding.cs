using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What is held at a place, seen over all ways that the type itself leads there.</summary>
internal enum Held
{
    /// <summary>No lock, on one way at least.</summary>
    Nothing,

    /// <summary>On every way a lock of the object at hand, and on no way another one.</summary>
    InstanceOnly,

    /// <summary>On some way a lock that objects may share, or something that may be a lock.</summary>
    Other,
}

/// <summary>
/// The locks around a place of a type: <c>lock</c> statements, scopes, and acquires that a <c>finally</c> releases, in the function and in the members of the type that call it, to any
/// depth. A lock is of the object at hand when it is <c>this</c> or a field that each object fills once with a new object. Callers are found by name, so that an overload
/// counts as one. What calls from other types hold is unknown and taken for nothing, save for overrides, whose base may hold anything.
/// </summary>
internal sealed class Holding
{
    private readonly TypeFacts _type;
    private readonly Dictionary<SyntaxNode, LockedObject> _statements;
    private readonly Dictionary<SyntaxNode, BodyFacts> _bodies;
    private readonly Dictionary<SyntaxNode, Held> _functions = [];

    private Holding(TypeFacts type)
    {
        _type = type;
        _statements = LockedObject.Of(type).Where(static l => l.Operand.Parent is ILockOperation).GroupBy(static l => l.Operand.Parent!.Syntax).ToDictionary(static g => g.Key, static g => g.First());
        _bodies = type.Bodies().GroupBy(static body => MemberAround(body.Root.Syntax)).ToDictionary(static g => g.Key, static g => g.First());
    }

    public static Holding Of(TypeFacts type) => type.Once(static type => new Holding(type));

    /// <summary>The <c>lock</c> statement or acquire of an object's own lock that is nearest around the place in its function, or null.</summary>
    public SyntaxNode? InstanceLockAround(SyntaxNode place) => WithinFunction(place).Found;

    public Held At(SyntaxNode place)
    {
        var (held, _) = WithinFunction(place);
        if (held == Held.Other)
        {
            return Held.Other;
        }

        var entry = AtEntry(FunctionAround(place));
        return entry == Held.Other ? Held.Other : held == Held.InstanceOnly ? held : entry;
    }

    /// <summary>Whether the locked object belongs to one object of the type.</summary>
    private bool IsOwn(IOperation value) => value switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Field: { IsStatic: false } field } =>
            SymbolEqualityComparer.Default.Equals(field.ContainingType, _type.Type) &&
            (field.IsReadOnly || (field.DeclaredAccessibility == Accessibility.Private && _type.Type.GetTypeMembers().IsEmpty)) &&
            _type.WritesOf(field) is { Count: > 0 } writes && writes.All(static w => w.IsAtConstruction && Conversions.WithoutBuiltIn(w.Value) switch
            {
                IObjectCreationOperation creation => !HasName(creation),
                IArrayCreationOperation => true,
                _ => false,
            }),
        _ => false,
    };

    /// <summary>A mutex or semaphore with a name is the same one for all who name it so.</summary>
    private static bool HasName(IObjectCreationOperation creation) => creation.Type is { Name: "Mutex" or "Semaphore" } && NamedPrimitives.NameOf(creation) is not null;

    private (Held Held, SyntaxNode? Found) WithinFunction(SyntaxNode place)
    {
        SyntaxNode? found = null;
        var function = FunctionAround(place);
        for (var node = place; node != function && node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case LockStatementSyntax statement when statement.Statement == node:
                    if (!_statements.TryGetValue(statement, out var locked) || !IsOwn(locked.Value))
                    {
                        return (Held.Other, null);
                    }

                    found ??= statement;
                    break;
                case UsingStatementSyntax block when block.Statement == node:
                    // What it disposes of at the end may be a lock, and whose lock is not known.
                    return (Held.Other, null);
                case BlockSyntax block when block.Statements.TakeWhile(s => s != node).Any(static s => s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }):
                    return (Held.Other, null);
                case TryStatementSyntax { Finally: { } ending } tried when tried.Block == node && ending.DescendantNodes().Any(static n => n is InvocationExpressionSyntax):
                    if (Released(tried, ending) is not { } acquire)
                    {
                        return (Held.Other, null);
                    }

                    found ??= acquire;
                    break;
            }
        }

        // An acquire that no finally releases may be held anywhere behind it.
        var isClear = BodyAround(place) is not { } body || (!body.CallsLockHelpers && body.ScopeCalls.IsEmpty && body.LockCalls.All(call => !call.IsAcquire || call.Call.Syntax.SpanStart > place.SpanStart || IsOwnExclusive(call)));
        return !isClear ? (Held.Other, null) : found is null ? (Held.Nothing, null) : (Held.InstanceOnly, found);
    }

    /// <summary>The acquire of an own lock that the <c>finally</c> does nothing but release; it stands right before the <c>try</c> or first in it.</summary>
    private SyntaxNode? Released(TryStatementSyntax tried, FinallyClauseSyntax ending)
    {
        if (BodyAround(tried) is not { } body)
        {
            return null;
        }

        var releases = body.LockCalls.Where(call => call.Verb == LockVerb.Release && ending.Span.Contains(call.Call.Syntax.Span)).ToList();
        var isAll = ending.DescendantNodes().Count(static n => n is InvocationExpressionSyntax) == releases.Count;
        var before = tried.Parent is BlockSyntax block && block.Statements.IndexOf(tried) is > 0 and var at ? block.Statements[at - 1] : null;
        return isAll && releases.Count == 1 && IsOwnExclusive(releases[0])
            ? body.LockCalls.FirstOrDefault(call => call.Verb == LockVerb.Acquire && call.Kind == releases[0].Kind && IsOwnExclusive(call) && SameLock(call, releases[0]) &&
                (before?.Span.Contains(call.Call.Syntax.Span) == true || tried.Block.Statements.FirstOrDefault()?.Span.Contains(call.Call.Syntax.Span) == true))?.Call.Syntax
            : null;
    }

    private bool IsOwnExclusive(LockAction call) => call.Mode == LockMode.Exclusive && Conversions.WithoutBuiltIn(call.Lock) is { } value && IsOwn(value) &&
        (call.Kind is not (LockKind.Semaphore or LockKind.SemaphoreSlim) || SemaphoreCounts.Of((value as IFieldReferenceOperation)?.Field) == 1);

    private static bool SameLock(LockAction one, LockAction other) => (Conversions.WithoutBuiltIn(one.Lock), Conversions.WithoutBuiltIn(other.Lock)) switch
    {
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        (IFieldReferenceOperation a, IFieldReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Field, b.Field),
        _ => false,
    };

    /// <summary>What callers hold when the function begins.</summary>
    private Held AtEntry(SyntaxNode function)
    {
        if (!_functions.TryGetValue(function, out var held))
        {
            // A function that comes back to itself holds at least what its other callers do.
            _functions[function] = Held.InstanceOnly;
            _functions[function] = held = function switch
            {
                AnonymousFunctionExpressionSyntax lambda => IsForked(lambda) ? Held.Nothing : Held.Other,
                LocalFunctionStatementSyntax local => OfCallers(local.Identifier.ValueText, [MemberAround(local)], isPrivate: true),
                _ => OfMember(function),
            };
        }

        return held;
    }

    private Held OfMember(SyntaxNode member)
    {
        // The base of an override may hold anything, and Synchronized makes a lock that no statement shows.
        if (member is not MemberDeclarationSyntax declaration || declaration.Modifiers.Any(SyntaxKind.OverrideKeyword) && !IsOfObject(declaration) ||
            declaration.AttributeLists.Any(static list => list.DescendantTokens().Any(static t => t.ValueText == "Synchronized")))
        {
            return Held.Other;
        }

        var name = declaration switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            EventDeclarationSyntax raised => raised.Identifier.ValueText,
            _ => null,
        };
        var isPrivate = declaration is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } &&
            !declaration.Modifiers.Any(static m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PartialKeyword);
        return name is null ? Held.Nothing : OfCallers(name, _type.Type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()), isPrivate);
    }

    private static bool IsOfObject(MemberDeclarationSyntax member) => member is MethodDeclarationSyntax { Identifier.ValueText: "ToString" or "GetHashCode" or "Equals" };

    private Held OfCallers(string name, IEnumerable<SyntaxNode> scope, bool isPrivate)
    {
        var held = isPrivate ? Held.InstanceOnly : Held.Nothing;
        var isCalled = false;
        foreach (var use in scope.SelectMany(static part => part.DescendantNodes()).OfType<SimpleNameSyntax>().Where(n => n.Identifier.ValueText == name))
        {
            isCalled = true;
            switch (At(use))
            {
                case Held.Other:
                    return Held.Other;
                case Held.Nothing:
                    held = Held.Nothing;
                    break;
                case Held.InstanceOnly when !IsCall(use):
                    // A method group runs later, and no longer under the lock.
                    held = Held.Nothing;
                    break;
            }
        }

        return isCalled ? held : Held.Nothing;
    }

    private static bool IsCall(SimpleNameSyntax name)
    {
        SyntaxNode node = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return node.Parent is InvocationExpressionSyntax call && call.Expression == node;
    }

    private bool IsForked(AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax { Parent.Parent: { } call } && _bodies.TryGetValue(MemberAround(lambda), out var body) &&
        body.ForkCalls.Any(fork => fork.Syntax == call);

    private BodyFacts? BodyAround(SyntaxNode place) => _bodies.TryGetValue(MemberAround(place), out var body) ? body : null;

    /// <summary>The lambda, local function or member.</summary>
    private static SyntaxNode FunctionAround(SyntaxNode place) =>
        place.Ancestors().First(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    /// <summary>The member, or its accessor, whose body is kept as one.</summary>
    private static SyntaxNode MemberAround(SyntaxNode place) =>
        place.AncestorsAndSelf().First(static a => a is AccessorDeclarationSyntax or CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);
}
