using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A member that runs at a place: a method that is called, or an accessor of a property, an indexer or an event that is read, written, added to or removed from.</summary>
/// <param name="Method">What runs.</param>
/// <param name="Place">The call, or the reference to the property or event.</param>
/// <param name="Instance">The object it runs on.</param>
/// <param name="Arguments">What it is given; the value that a setter gets is not among them.</param>
internal readonly record struct MemberUse(IMethodSymbol Method, IOperation Place, IOperation? Instance, ImmutableArray<IArgumentOperation> Arguments)
{
    /// <summary>The members that run when the operation itself does; what its operands run is theirs.</summary>
    public static IEnumerable<MemberUse> Of(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                yield return new MemberUse(call.TargetMethod, call, call.Instance, call.Arguments);
                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation reference } assignment:
                if ((assignment.Adds ? reference.Event.AddMethod : reference.Event.RemoveMethod) is { } changer)
                {
                    yield return new MemberUse(changer, assignment, reference.Instance, ImmutableArray<IArgumentOperation>.Empty);
                }

                break;

            // What stands for the property in the flow graph is read or written where the graph says so.
            case IPropertyReferenceOperation { Parent: not (INameOfOperation or IPropertySubpatternOperation or Microsoft.CodeAnalysis.FlowAnalysis.IFlowCaptureOperation) } property:
                var isTarget = property.Parent is IAssignmentOperation assigned && assigned.Target == property;
                if (property.Property.GetMethod is { } getter && !(isTarget && property.Parent is ISimpleAssignmentOperation or IDeconstructionAssignmentOperation))
                {
                    yield return new MemberUse(getter, property, property.Instance, property.Arguments);
                }

                if (property.Property.SetMethod is { } setter && (property.Parent is IIncrementOrDecrementOperation || (isTarget && property.Parent is not ICoalesceAssignmentOperation)))
                {
                    yield return new MemberUse(setter, property, property.Instance, property.Arguments);
                }

                break;
        }
    }
}
