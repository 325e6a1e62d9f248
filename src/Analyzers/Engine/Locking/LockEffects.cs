using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>What operations that are no lock calls mean for the locks of one function: tests, aliases, and code that may touch them out of sight.</summary>
internal sealed class LockEffects(LockTable table, PlaceResolver places, BodyFacts body, LockHelpers? helpers)
{
    private readonly LockTable _table = table;
    private readonly PlaceResolver _places = places;
    private readonly BodyFacts _body = body;
    private readonly WellKnownTypes _types = body.Model.Types;
    private readonly INamedTypeSymbol? _owner = body.Owner.ContainingType;
    private readonly TypeFacts? _type = body.Type;
    private readonly LockWords _words = body.Type?.LockWords ?? body.Model.Locks.Words;
    private readonly LockHelpers? _helpers = helpers;
    private readonly Dictionary<string, HashSet<string>> _touching = [];

    /// <summary>The lock whose state the operation asks for: <c>Monitor.IsEntered(x)</c>, <c>rw.IsReadLockHeld</c>, <c>spin.IsHeldByCurrentThread</c>.</summary>
    public int? HeldTest(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "IsEntered" } method } call when Is(method.ContainingType, _types.Monitor)
            => PlaceOf(call.Arguments[0].Value, LockMode.Exclusive),
        IPropertyReferenceOperation { Property.Name: "IsReadLockHeld" or "IsReaderLockHeld" } property => PlaceOf(property.Instance, LockMode.Read),
        IPropertyReferenceOperation { Property.Name: "IsUpgradeableReadLockHeld" } property => PlaceOf(property.Instance, LockMode.Upgradeable),
        IPropertyReferenceOperation { Property.Name: "IsWriteLockHeld" or "IsWriterLockHeld" or "IsHeldByCurrentThread" } property
            => PlaceOf(property.Instance, LockMode.Exclusive),
        _ => null,
    };

    /// <summary>The semaphore that is asked whether no permit is left: <c>gate.CurrentCount == 0</c>.</summary>
    public int? ExhaustedTest(IOperation operation) => operation is IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.Equals,
            LeftOperand: IPropertyReferenceOperation { Property: { Name: "CurrentCount" } property } count,
            RightOperand.ConstantValue: { HasValue: true, Value: 0 },
        } && Is(property.ContainingType, _types.SemaphoreSlim)
            ? PlaceOf(count.Instance, LockMode.Exclusive)
            : null;

    /// <summary>
    /// Whether a caller may hold the lock when the function begins: the lock can be reached from outside the type, a member of the type
    /// leaves it held, or another member calls this one. Judged by words; "maybe" is silent.
    /// </summary>
    public bool MayBeHeldByCaller(AccessPath path, ISymbol member, bool isNested)
    {
        if (path.Root == PathRoot.Local)
        {
            return isNested;
        }

        return path.Root == PathRoot.Parameter || path.Holder is not { DeclaredAccessibility: Accessibility.Private } holder || isNested ||
               UnbalancedMembers.Of(member.ContainingType, holder.Name, _words).Any(name => name != member.Name) ||
               UnbalancedMembers.Mentions(member.ContainingType, member);
    }

    /// <summary>The variable or member that an assignment to <paramref name="target"/> changes.</summary>
    public ISymbol? SymbolOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IConversionOperation conversion => SymbolOf(conversion.Operand),
        _ => null,
    };

    /// <summary>A mutex that may be created owned: with a name, held or not by what another process did; on one way of a choice; by a member that gives it.</summary>
    public bool CreatesOwned(IOperation value) => value switch
    {
        IConversionOperation conversion => CreatesOwned(conversion.Operand),
        _ when !Is(value.Type, _types.Mutex) => false,
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } => arguments[0].Value.ConstantValue is not { HasValue: true, Value: false },
        IFlowCaptureReferenceOperation => true,
        IInvocationOperation call => !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty,
        _ => false,
    };

    /// <summary>
    /// Whether the call may throw just because an acquire has thrown: it is given the caught exception, or something made of it, or a token that may
    /// be the cancelled one.
    /// </summary>
    public bool MayThrowAgain(IInvocationOperation call) => !ComesBack(call) &&
        (Is(call.TargetMethod.ContainingType, _types.CancellationToken) || call.Arguments.Any(IsGivenToken) || IsGivenException(call));

    /// <summary>Whether the call is known to come back whatever it is given: it only tells somebody, or is a member of the type that does no more than that.</summary>
    public bool ComesBack(IInvocationOperation call) =>
        Tells(call) || PlainCalls.Keeps(call.TargetMethod, _types) || PlainCalls.MayRunTwice(call.TargetMethod, _types) || _type?.ComesBack(call.TargetMethod) == true;

    /// <inheritdoc cref="BodyFacts.MayThrow"/>
    public bool MayThrow(IOperation operation) => _body.MayThrow(operation);

    /// <summary>Whether the call is output for a human, or one that never throws and keeps nothing.</summary>
    public bool Tells(IInvocationOperation call) => PlainCalls.Tells(call.TargetMethod, _types) || !MayThrow(call);

    private bool IsGivenToken(IArgumentOperation argument) => Is(argument.Parameter?.Type, _types.CancellationToken) && !Tokens.IsNone(argument.Value);

    private bool IsGivenException(IInvocationOperation call) => call.Arguments.Any(argument => argument.DescendantsAndSelf().Any(
        operation => operation is ILocalReferenceOperation local && _places.IsCaughtException(local.Local)));

    /// <summary>
    /// Whether a method that is not the framework's is given a boolean: it may throw when that says that the lock was not taken
    /// (<c>ThrowIfNot(taken)</c>), so who comes back from it is not known to be without the lock.
    /// </summary>
    public static bool IsGivenAnswer(IInvocationOperation call) =>
        !IsFramework(call.TargetMethod.ContainingNamespace) && call.Arguments.Any(static argument =>
            argument.Value.Type?.SpecialType == SpecialType.System_Boolean && argument.Value.ConstantValue is not { HasValue: true });

    private static bool IsFramework(INamespaceSymbol? space)
    {
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name == "System";
    }

    /// <summary>The lock that an argument hands to other code, which may acquire or release it.</summary>
    public int? LockPassed(IArgumentOperation argument)
    {
        if (argument.Parent is IInvocationOperation { TargetMethod.ContainingType: { } type } && (Is(type, _types.Monitor) || type.SpecialType == SpecialType.System_Object))
        {
            return null;
        }

        return AnyMode(argument.Value);
    }

    /// <summary>The locks that the called member of this type may acquire or release without giving back what it found.</summary>
    public IEnumerable<int> TouchedBy(IInvocationOperation call) => TouchedBy(call.TargetMethod);

    /// <summary>The locks that a delegate made of the method may touch when somebody calls it.</summary>
    public IEnumerable<int> TouchedBy(IMethodReferenceOperation reference) =>
        AnyMode(reference.Instance) is { } place ? [place] : TouchedBy(reference.Method);

    private IEnumerable<int> TouchedBy(IMethodSymbol method)
    {
        // The constructor of a base out of sight has the name of the type's own.
        if (method is { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences.IsEmpty: true } || !IsOfThisType(method.ContainingType))
        {
            yield break;
        }

        for (var i = 0; i < _table.Places.Count; i++)
        {
            var path = _table.Places[i].Path;
            if (path.IsSharedWithinType && path.Holder is { } holder && Touching(holder.Name).Contains(method.Name) && _helpers?.Leaves(method, holder) != true)
            {
                yield return i;
            }
        }
    }

    private bool IsOfThisType(INamedTypeSymbol? type)
    {
        for (var t = _owner; t is not null && type is not null; t = t.BaseType)
        {
            if (Is(type.OriginalDefinition, t.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Touching(string holder)
    {
        if (!_touching.TryGetValue(holder, out var members))
        {
            _touching.Add(holder, members = _helpers?.UnbalancedOn(holder) ?? UnbalancedMembers.Of(_owner, holder, _words));
        }

        return members;
    }

    private int? PlaceOf(IOperation? operation, LockMode mode)
    {
        if (_places.PathOf(operation) is { } path)
        {
            for (var i = 0; i < _table.Places.Count; i++)
            {
                if (_table.Places[i].Mode == mode && _table.Places[i].Path.Equals(path))
                {
                    return i;
                }
            }
        }

        return null;
    }

    private int? AnyMode(IOperation? operation) =>
        PlaceOf(operation, LockMode.Exclusive) ?? PlaceOf(operation, LockMode.Read) ?? PlaceOf(operation, LockMode.Upgradeable);
}
