using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// Handles of locks and signals without a name that a child process is told as text: a handle is a number of this process, and the child's own table has something else there, or nothing. A type that calls into other
/// libraries by <c>DllImport</c> may make a handle that children inherit, and is left alone.
/// </summary>
internal static class HandlesForChildren
{
    /// <summary>The creations without a name, each with the place that gives the handle away.</summary>
    public static IEnumerable<(IObjectCreationOperation Creation, IOperation Given)> In(TypeFacts type)
    {
        if (type.Type.GetMembers().Any(static m => m is IMethodSymbol { IsExtern: true } || m.GetAttributes().Any(static a => a.AttributeClass?.Name == "LibraryImportAttribute")))
        {
            yield break;
        }

        foreach (var body in type.AllBodies())
        {
            foreach (var handle in body.Root.Descendants().OfType<IPropertyReferenceOperation>().Where(p => NamedPrimitives.IsHandle(p, body.Model.Types) && IsTold(p, body.Model.Types)))
            {
                if (ValueSource.Of(type).Made(handle.Instance, body) is var (made, _) && made is IObjectCreationOperation creation && IsUnnamed(creation, body.Model.Types))
                {
                    yield return (creation, handle);
                }
            }
        }
    }

    private static bool IsUnnamed(IObjectCreationOperation creation, WellKnownTypes types) => creation.Type is { } made && types.WaitHandle is { } handle && KnownType.IsOrDerives(made, handle) && NamedPrimitives.NameOf(creation) is null &&
        made.Locations.All(static l => !l.IsInSource);

    /// <summary>The handle is part of what a child is given on its command line.</summary>
    private static bool IsTold(IOperation handle, WellKnownTypes types) => handle.AncestorsAndSelf().Any(up => up switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => ProcessModels.IsStart(call.TargetMethod, types) || IsArgumentList(call, types),
        IArgumentOperation { Parent: IObjectCreationOperation creation } => KnownType.Is(creation.Type, types.ProcessStartInfo),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Arguments" } target } => KnownType.Is(target.Property.ContainingType, types.ProcessStartInfo),
        _ => false,
    });

    private static bool IsArgumentList(IInvocationOperation call, WellKnownTypes types) =>
        call is { TargetMethod.Name: "Add", Instance: IPropertyReferenceOperation { Property.Name: "ArgumentList" } list } && KnownType.Is(list.Property.ContainingType, types.ProcessStartInfo);
}
