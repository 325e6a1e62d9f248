using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// Names of locks, signals and maps that no other process can come by: made anew with each object, or with the hash of a string, and kept nowhere but in the object. A name with the number of the process is one that others may know of; it is
/// counted only where a mutex or semaphore asks whether it is the first of its name, or a map has it, and the type does nothing else with the number.
/// </summary>
internal static class ForeignNames
{
    /// <summary>The part of the name that is another one in each process; null for a name that others can have.</summary>
    public static IOperation? In(IObjectCreationOperation creation, BodyFacts body, TypeFacts type)
    {
        return NamedPrimitives.NameOf(creation) is { } name ? In(name, NamedPrimitives.AsksForFirst(creation) && !KnownType.Is(creation.Type, body.Model.Types.EventWaitHandle), body, type) : null;
    }

    /// <summary>Whether the map has a name that no other process which runs the code comes by.</summary>
    public static bool IsOfMap(IInvocationOperation map, BodyFacts body, TypeFacts type) => MappedMemoryModels.ArgumentOf(map, "mapName") is { } name && In(name, true, body, type) is not null;

    private static IOperation? In(IOperation given, bool withNumber, BodyFacts body, TypeFacts type)
    {
        if (Whole(given, body) is not { } name || name.DescendantsAndSelf().Any(static o => o is IAssignmentOperation))
        {
            return null;
        }

        var types = body.Model.Types;
        return name.DescendantsAndSelf().FirstOrDefault(part => NamedPrimitives.IsNew(part) || NamedPrimitives.IsHash(part, body.Model.Compilation)) ??
            (withNumber
                ? name.DescendantsAndSelf().FirstOrDefault(part => NamedPrimitives.IsProcessId(part, types) && type.AllBodies().SelectMany(static b => b.Root.DescendantsAndSelf()).Count(o => NamedPrimitives.IsProcessId(o, types)) == 1)
                : null);
    }

    /// <summary>The name itself, or what a local is declared with or a private helper gives back that names such objects and nothing else; null for one that is kept otherwise.</summary>
    private static IOperation? Whole(IOperation name, BodyFacts body) => Conversions.WithoutBuiltIn(name) switch
    {
        ILocalReferenceOperation { Local: var local } => Locals.Uses(local, body.Root).All(use => IsName(use, body.Model.Types)) ? Locals.OnlyValue(local, body.Root) : null,
        IInvocationOperation { TargetMethod: { DeclaredAccessibility: Accessibility.Private } helper } when body.Root.SemanticModel is { } semantics && ProcessUses.Declaration(helper.OriginalDefinition, body) is { } declaration =>
            VariableUses.All(helper, semantics, body.Cancellation)?.All(use => IsName(use, body.Model.Types)) == true &&
            semantics.GetOperation(declaration, body.Cancellation)?.Descendants().OfType<IReturnOperation>().ToList() is { Count: 1 } only ? only[0].ReturnedValue : null,
        _ => name,
    };

    private static bool IsName(IOperation use, WellKnownTypes types)
    {
        while (use.Parent is IConversionOperation)
        {
            use = use.Parent;
        }

        return use.Parent switch
        {
            IArgumentOperation { Parameter.Name: "name", Parent: IObjectCreationOperation creation } => NamedPrimitives.Is(creation.Type, types),
            IArgumentOperation { Parameter.Name: "mapName", Parent: IInvocationOperation call } => MappedMemoryModels.IsMap(call, types),
            _ => false,
        };
    }
}
