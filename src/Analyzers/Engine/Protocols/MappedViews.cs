using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>The reads and writes of a type through views of memory maps, and what is known of the views and maps.</summary>
internal sealed class MappedViews
{
    private readonly Dictionary<ISymbol, bool> _steady = new(SymbolEqualityComparer.Default);
    private readonly ValueSource _sources;
    private readonly TypeFacts _type;
    private readonly WellKnownTypes _types;

    private MappedViews(TypeFacts type)
    {
        _sources = ValueSource.Of(type);
        _type = type;
        var bodies = type.AllBodies().Where(static b => !b.MappedCalls.IsEmpty).ToList();
        _types = bodies[0].Model.Types;
        Accesses = bodies.SelectMany(body => body.MappedCalls.Select(call => Access(call, body))).ToImmutableArray();
    }

    /// <summary>The accesses in source order.</summary>
    public ImmutableArray<MappedAccess> Accesses { get; }

    /// <summary>What the bodies of the type do through views; null for a type that does nothing.</summary>
    public static MappedViews? Of(TypeFacts type) => type.AccessesMaps ? type.Once(static type => new MappedViews(type)) : null;

    /// <summary>The call that makes the view of an access; null where several may, or one out of sight.</summary>
    public (IInvocationOperation Call, BodyFacts Body)? ViewOf(MappedAccess access) => ViewOf(access.Call.Instance, access.Body);

    /// <summary>The call that makes or opens the map of a view.</summary>
    public (IInvocationOperation Call, BodyFacts Body)? MapOf((IInvocationOperation Call, BodyFacts Body)? view) =>
        view is { } known && _sources.Made(known.Call.Instance, known.Body) is var (made, body) && made is IInvocationOperation call && MappedMemoryModels.IsMap(call, _types) ? (call, body) : null;

    /// <summary>What opens the file of a map that is made of an open one.</summary>
    public IOperation? FileOf((IInvocationOperation Call, BodyFacts Body) map) =>
        MappedMemoryModels.FileOf(map.Call) is { } file && _sources.Made(file, map.Body) is var (made, _) ? made : null;

    /// <summary>Whether other processes see the memory of an access, and may write to it.</summary>
    public bool IsShared(MappedAccess access) => MapOf(ViewOf(access)) is { } map && MappedMemoryModels.ReachOf(map.Call, FileOf(map)) == MapReach.Shared;

    private MappedAccess Access(IInvocationOperation call, BodyFacts body)
    {
        var value = MappedMemoryModels.ValueOf(call.TargetMethod)!;
        if (ViewOf(call.Instance, body) is not { } view)
        {
            // Where such a view begins does not matter: all accesses through it are counted from there.
            return new MappedAccess(body, call, value, Named(Field(call.Instance)) ?? Element(call.Instance, body), 0);
        }

        var start = MappedMemoryModels.ArgumentOf(view.Call, "offset") is { } offset ? MappedAccess.Constant(offset) : 0;
        return new MappedAccess(body, call, value, Named(Variable(view.Call.Instance, view.Body) ?? Variable(call.Instance, body)), start);
    }

    private (IInvocationOperation Call, BodyFacts Body)? ViewOf(IOperation? value, BodyFacts body) =>
        _sources.Made(value, body) is var (made, around) && made is IInvocationOperation call && MappedMemoryModels.IsView(call, _types) ? (call, around) : null;

    private static MappedMemory? Named(ISymbol? variable) => variable is null ? null : new MappedMemory(variable);

    /// <summary>The view at a constant index of a list or array whose elements stay where they are.</summary>
    private MappedMemory? Element(IOperation? value, BodyFacts body)
    {
        var (list, index) = ValueSource.Receiver(value) switch
        {
            IArrayElementReferenceOperation { Indices: { Length: 1 } at } element => (element.ArrayReference, MappedAccess.Constant(at[0])),
            IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } at } element => (element.Instance, MappedAccess.Constant(at[0].Value)),
            _ => default,
        };
        return index is not null && (Locals.VariableOf(list) ?? Field(list)) is { } variable && IsSteady(variable, body) ? new MappedMemory(variable, index) : null;
    }

    /// <summary>Whether nothing but its declaration or a constructor gives the variable its list, and every use of that leaves the elements where they are: reads of one, loops, the count, what is added at the end.</summary>
    private bool IsSteady(ISymbol variable, BodyFacts body)
    {
        if (!_steady.TryGetValue(variable, out var steady))
        {
            var bodies = variable is IFieldSymbol ? _type.AllBodies() : [body];
            var isKnown = variable is not IFieldSymbol field || (field.DeclaredAccessibility == Accessibility.Private && !_type.IsNamedByNestedTypes(field.Name));
            _steady.Add(variable, steady = isKnown && bodies.All(b => b.Root.Descendants().All(o => !SymbolEqualityComparer.Default.Equals((o as IFieldReferenceOperation)?.Field ?? Locals.VariableOf(o), variable) || KeepsElements(o, b))));
        }

        return steady;
    }

    private static bool KeepsElements(IOperation use, BodyFacts body)
    {
        while (use.Parent is IConversionOperation { OperatorMethod: null })
        {
            use = use.Parent;
        }

        return use.Parent switch
        {
            IArrayElementReferenceOperation element => !(element.Parent is IAssignmentOperation assignment && assignment.Target == element) && element.Parent is not IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out },
            IPropertyReferenceOperation { Property.IsIndexer: true } element => !(element.Parent is IAssignmentOperation assignment && assignment.Target == element),
            IPropertyReferenceOperation { Property.Name: "Count" or "Length" } => true,
            IInvocationOperation call => call.Instance == use && call.TargetMethod.Name is "Add" or "AddRange",
            IForEachLoopOperation loop => loop.Collection == use,
            ISimpleAssignmentOperation assignment => assignment.Target == use && body.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } && assignment.FunctionAround() is null,
            _ => false,
        };
    }

    private static ISymbol? Field(IOperation? value) => ValueSource.Receiver(value) is IFieldReferenceOperation field && ValueSource.IsOwn(field.Instance) ? field.Field.OriginalDefinition : null;

    /// <summary>The field or local that a value comes from first: a local that is given another variable is that one.</summary>
    private ISymbol? Variable(IOperation? value, BodyFacts body, int depth = 0) => ValueSource.Receiver(value) switch
    {
        ILocalReferenceOperation local when depth < Limits.CallDepth => Locals.OnlyValue(local.Local, body.Root) is { } given ? Variable(given, body, depth + 1) ?? local.Local : null,
        var other => Field(other),
    };
}
