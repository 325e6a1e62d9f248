using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>One place of a type that acquires a lock.</summary>
/// <param name="Body">The body around.</param>
/// <param name="Kind">The type of lock.</param>
/// <param name="Operand">The locked object as it is written, conversions included.</param>
internal sealed record LockedObject(BodyFacts Body, LockKind Kind, IOperation Operand)
{
    /// <summary>What is locked, without conversions.</summary>
    public IOperation Value { get; } = Conversions.WithoutBuiltIn(Operand)!;

    /// <summary>Where it is written, without the brackets and casts.</summary>
    public SyntaxNode Syntax => Value.Syntax;

    /// <summary>Whether a lock on a value puts it into a new object first.</summary>
    public bool IsBoxed => Boxes(Operand);

    /// <summary>Whether a value is put into a new object on the way.</summary>
    public static bool Boxes(IOperation value)
    {
        for (var operation = value; operation is IConversionOperation { OperatorMethod: null } conversion; operation = conversion.Operand)
        {
            if (conversion.Operand.Type is { IsValueType: true } && conversion.Type is { IsReferenceType: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The field of the type at hand, of this object or static, that is locked; it may be given its object in the same breath.</summary>
    public IFieldSymbol? OwnField =>
        (Value is ICoalesceAssignmentOperation assignment ? assignment.Target : Value) is
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } reference &&
        SymbolEqualityComparer.Default.Equals(reference.Field.ContainingType, Body.Type!.Type)
            ? reference.Field
            : null;

    /// <summary>The places of the type, nested types left out, in source order.</summary>
    public static ImmutableArray<LockedObject> Of(TypeFacts type) => type.Once(static type => ImmutableArray.CreateRange(type.Bodies()
        .Where(body => SymbolEqualityComparer.Default.Equals(body.Owner.ContainingType, type.Type))
        .SelectMany(static body => In(body).OrderBy(static locked => locked.Operand.Syntax.SpanStart))));

    private static IEnumerable<LockedObject> In(BodyFacts body) =>
        body.LockStatements.Select(statement => new LockedObject(
                body, KnownType.Is(statement.LockedValue.Type, body.Model.Types.Lock) ? LockKind.Lock : LockKind.Monitor, statement.LockedValue))
            .Concat(body.LockCalls.Where(static call => call.IsAcquire).Select(call => new LockedObject(body, call.Kind, call.Lock)))
            .Concat(body.ScopeOpenings.Select(call => new LockedObject(body, LockKind.Lock, new LockScope(call, null, call).Lock)));
}
