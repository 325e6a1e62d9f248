using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports <c>new SemaphoreSlim(1)</c> that is used as a lock: without a maximum, a release too many makes the count 2 in silence, and from then on two
/// threads are in. The count must be the literal 1, and every use must be seen and be that of a lock.
/// </summary>
internal sealed class TW2011SemaphoreMaxCountMissing() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2011";

    /// <summary>The edit that adds the maximum.</summary>
    public const string AddMaximum = "AddMaximum";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, AddMaximum);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var body in type.AllBodies())
        {
            foreach (var creation in body.Semaphores.Where(static creation => creation is { Constructor.Parameters.Length: 1, Arguments: { Length: 1 } arguments } && arguments[0].Value is ILiteralOperation { ConstantValue: { HasValue: true, Value: 1 } }))
            {
                if (HolderOf(creation) is { } holder && SemaphoreRole.IsLock(holder, body, type))
                {
                    sink.Add(new Finding(
                        Descriptor, creation.Syntax.GetLocation(), new Cause(creation.Syntax.Span), ImmutableArray<Location>.Empty, s_edit, null,
                        ImmutableArray.Create<object?>(holder.Name)));
                }
            }
        }
    }

    private static ISymbol? HolderOf(IObjectCreationOperation creation)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } => fields[0],
            IPropertyInitializerOperation { InitializedProperties: { Length: 1 } properties } => properties[0],
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation assignment when assignment.Value == value => TargetOf(assignment.Target),
            ICoalesceAssignmentOperation assignment when assignment.Value == value => TargetOf(assignment.Target),
            _ => null,
        };
    }

    private static ISymbol? TargetOf(IOperation target) => target switch
    {
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Property,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };
}
