using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>What the rules on lock objects share: one report for one object, at the first place that locks it, the others as additional locations.</summary>
internal static class LockFindings
{
    /// <summary>The places that lock one object, as far as its expression tells. Two fields of one name in two types are not asked about together.</summary>
    public static IEnumerable<IGrouping<string, LockedObject>> ByObject(IEnumerable<LockedObject> places) => places.GroupBy(static place => place.Value switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => "text " + text,
        ITypeOfOperation type => "type " + type.TypeOperand.ToDisplayString(),
        IInstanceReferenceOperation => "this",
        IInvocationOperation { TargetMethod: { Name: "GetType", Parameters.IsEmpty: true }, Instance: IInstanceReferenceOperation } => "type of this",
        ILocalReferenceOperation { Local: var local } => $"local {local.Locations[0].SourceTree?.FilePath} {local.Locations[0].SourceSpan.Start}",
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => "member " + member.Member.ToDisplayString(),
        _ => $"place {place.Syntax.SyntaxTree.FilePath} {place.Syntax.SpanStart}",
    });

    public static Finding Of(Rule rule, IEnumerable<LockedObject> places, ImmutableDictionary<string, string?> edit, params object?[] arguments)
    {
        var all = places.Select(static place => Line(place.Syntax)).ToList();
        return new Finding(
            rule.Descriptor, all[0], new Cause(places.First().Syntax.Span), ImmutableArray.CreateRange(all.Skip(1)), edit, null, ImmutableArray.Create(arguments));
    }

    /// <summary>The expression on one line, for a message.</summary>
    public static string Display(LockedObject place) => place.Value is IInstanceReferenceOperation ? "this" : place.Syntax.ToString();

    /// <summary>The lock of an acquire for a message; for a scope the lock and not the local that keeps it.</summary>
    public static string NameOf(LockSite acquire, LockFlow flow) => acquire.Action.IsScope ? NameOf(acquire.Action.Lock) : flow.Table.Places[acquire.Place].Path.Display();

    /// <summary>Where the acquire or release is written: the call, or of what a local is given the creation.</summary>
    public static Location PlaceOf(LockSite site) => site.Action.Making is IObjectCreationOperation made ? CallLocation.OfCreation(made.Syntax) : CallLocation.Of(site.Action.Making?.Syntax ?? site.Syntax);

    /// <summary>The lock object as it is written, on one line and without <c>this</c>.</summary>
    public static string NameOf(IOperation lockObject) => VariablePath.Of(lockObject)?.Display() ?? lockObject.Syntax.ToString().Split('\n')[0].Trim();

    private static Location Line(SyntaxNode syntax)
    {
        var location = syntax.GetLocation();
        var lines = location.GetLineSpan();
        return lines.StartLinePosition.Line == lines.EndLinePosition.Line ? location : syntax.GetFirstToken().GetLocation();
    }
}
