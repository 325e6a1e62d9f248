using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Tells what a reference to a variable does to it, from the operation around it.</summary>
internal static class AccessReader
{
    /// <summary>The access that <paramref name="reference"/> is, or null for a name that is not evaluated. An element of an array comes back as the place of the access.</summary>
    public static (AccessKind Kind, IOperation At)? Of(IOperation reference, BodyFacts body) => Of(reference, body, null);

    /// <param name="reference">The reference.</param>
    /// <param name="body">The body around it.</param>
    /// <param name="collection">The collection that the variable is taken to hold; null for what the code shows.</param>
    public static (AccessKind Kind, IOperation At)? Of(IOperation reference, BodyFacts body, ITypeSymbol? collection)
    {
        var at = reference;
        while (at.Parent is IArrayElementReferenceOperation element && element.ArrayReference == at)
        {
            at = element;
        }

        var kind = OfValue(at, body, collection);
        return kind is null ? null : (kind.Value, at);
    }

    private static AccessKind? OfValue(IOperation at, BodyFacts body, ITypeSymbol? collection) => at.Parent switch
    {
        INameOfOperation => null,
        IIncrementOrDecrementOperation => AccessKind.Update,
        ICoalesceAssignmentOperation assignment when assignment.Target == at => AccessKind.Fill,
        ICompoundAssignmentOperation assignment when assignment.Target == at => AccessKind.Update,
        ISimpleAssignmentOperation { IsRef: true } => AccessKind.ByReference,
        ISimpleAssignmentOperation assignment when assignment.Target == at => ComesFrom(assignment.Value, at) || IsRecord(assignment) ? AccessKind.Update : AccessKind.Write,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple when deconstruction.Target == tuple => AccessKind.Write,

        // What an atomic read takes, newer frameworks declare as a readonly reference.
        IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation call }
            when KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Interlocked) || KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Volatile) => AccessKind.Atomic,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IAddressOfOperation => AccessKind.ByReference,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => AccessKind.ByReference,
        _ when at.Syntax.Parent is RefExpressionSyntax => AccessKind.ByReference,
        _ => OfContent(at, body, collection),
    };

    /// <summary>What is done with the collection that the variable holds; a plain read of anything else.</summary>
    private static AccessKind OfContent(IOperation at, BodyFacts body, ITypeSymbol? collection)
    {
        if ((collection ?? HeldCollections.TypeOf(at, body)) is null)
        {
            return at.Parent is IInvocationOperation used && used.Instance == at && UnsafeInstances.Is(at.Type) && UnsafeInstances.IsUse(used) ? AccessKind.Change : AccessKind.Read;
        }

        switch (at.Parent)
        {
            case IInvocationOperation call when call.Instance == at:
                return PlainCollections.Changes(call) ? AccessKind.Change : call.TargetMethod.Name is "GetType" or "GetHashCode" or "Equals" ? AccessKind.Read : AccessKind.Use;
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access when access.Operation == at:
                return PlainCollections.Changes(call) ? AccessKind.Change : AccessKind.Use;
            case IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Instance == at:
                return StraightLine.IsTarget(element) ? AccessKind.Change : AccessKind.Use;
            case IPropertyReferenceOperation { Property.Name: "Keys" or "Values" } view when view.Instance == at:
            case IForEachLoopOperation or IConversionOperation { Parent: IForEachLoopOperation }:
            case { } when at.Syntax.Parent is SpreadElementSyntax:
                return AccessKind.Use;
            case IConversionOperation { Parent: IArgumentOperation { Parent: IInvocationOperation } } or IArgumentOperation { Parent: IInvocationOperation }:
                return Enumerations.IsConsumed(at, body.Model) ? AccessKind.Use : AccessKind.Read;
            case IObjectOrCollectionInitializerOperation:
                return AccessKind.Change;
            default:
                return AccessKind.Read;
        }
    }

    /// <summary>Whether the value is made from what the target holds: it reads it, or a local that was given it right in the same function.</summary>
    private static bool ComesFrom(IOperation value, IOperation target)
    {
        if (SharedPlace.Of(target) is not { } place || Conversions.WithoutBuiltIn(value) is ICoalesceOperation or IAnonymousFunctionOperation)
        {
            return false;
        }

        var function = target.FunctionAround();
        return value.DescendantsAndSelf().Any(part => Reads(part) || (part is ILocalReferenceOperation { Local: var local } && Kept(local, target) is { } kept && SymbolEqualityComparer.Default.Equals(kept.FunctionAround(), function) && Reads(kept)));

        bool Reads(IOperation part) => part.Kind == target.Kind && place.Equals(SharedPlace.Of(part)) && SymbolEqualityComparer.Default.Equals(part.FunctionAround(), function);
    }

    /// <summary><c>if (x &gt; max) max = x;</c>: a value is stored because it is more, or less, than the one that is there. What takes more than one step to copy may tear, which comes first.</summary>
    private static bool IsRecord(ISimpleAssignmentOperation assignment)
    {
        IOperation at = assignment;
        while (at.Parent is IExpressionStatementOperation or IBlockOperation)
        {
            at = at.Parent;
        }

        return assignment.Target is not IArrayElementReferenceOperation && !WideValues.Is(assignment.Target.Type) && at.Parent is IConditionalOperation choice && choice.WhenTrue == at && SharedPlace.Of(assignment.Target) is { } place && choice.Condition.DescendantsAndSelf().Any(part =>
            part is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } compared &&
            (IsPair(compared.LeftOperand, compared.RightOperand) || IsPair(compared.RightOperand, compared.LeftOperand)));

        bool IsPair(IOperation old, IOperation value) => Conversions.WithoutBuiltIn(old) is { } read and not IArrayElementReferenceOperation && place.Equals(SharedPlace.Of(read)) && value.Syntax.IsEquivalentTo(assignment.Value.Syntax, topLevel: false);
    }

    /// <summary>What the local was declared with in one of the blocks around the target, where nothing writes it again.</summary>
    private static IOperation? Kept(ILocalSymbol local, IOperation target)
    {
        var root = target;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return Conversions.WithoutBuiltIn(Locals.OnlyValue(local, root));
    }
}
