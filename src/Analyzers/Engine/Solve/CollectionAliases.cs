using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// What a function does with the collection of a field by way of a local: <c>var list = _list; list.Add(x);</c>. The local means the collection itself and no copy, whatever lock was held where it was taken. Fields that get
/// another collection later are left out: then the local may be the only one that leads to the old one.
/// </summary>
internal sealed class CollectionAliases
{
    private readonly HashSet<AccessPath> _replaced;

    public CollectionAliases(IEnumerable<Access> accesses)
    {
        _replaced = [.. accesses.Where(static a => a.Kind is AccessKind.Write or AccessKind.Fill or AccessKind.Update or AccessKind.Atomic or AccessKind.ByReference && a.At is not IArrayElementReferenceOperation && !IsInitial(a.In.Symbol)).Select(static a => a.Place)];
    }

    /// <summary>Whether the access reads a field into something else; asked before the fields are looked at.</summary>
    public static bool MayGiveOne(Access access) => access.Kind == AccessKind.Read && access.Place.Root is PathRoot.This or PathRoot.Static && access.At.Parent is IVariableInitializerOperation or ISimpleAssignmentOperation;

    /// <summary>The uses and changes of the collection by way of a local that the access, a read, gives it to.</summary>
    public IEnumerable<Access> Of(Access read)
    {
        if (!MayGiveOne(read) || read.Collection is not { } collection || LocalOf(read.At) is not { } local || _replaced.Contains(read.Place))
        {
            return [];
        }

        var uses = Locals.Uses(local, read.In.Body.Root).ToList();
        var around = read.At.FunctionAround();
        return uses.Count(StraightLine.IsTarget) == (IsDeclaredWith(read.At) ? 0 : 1) && uses.All(use => SymbolEqualityComparer.Default.Equals(use.FunctionAround(), around))
            ? uses.Select(use => AccessReader.Of(use, read.In.Body, collection) is { Kind: AccessKind.Use or AccessKind.Change } found ? new Access(read.Place, found.Kind, found.At, read.In) : null).OfType<Access>()
            : [];
    }

    /// <summary>Nobody else has the collection yet that is replaced there.</summary>
    private static bool IsInitial(IMethodSymbol? function) => function is null or { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    private static ILocalSymbol? LocalOf(IOperation value) => value.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } } => local,
        ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } assignment when assignment.Value == value && IsDeclaredBare(local, assignment) => local,
        _ => null,
    };

    private static bool IsDeclaredWith(IOperation value) => value.Parent is IVariableInitializerOperation;

    private static bool IsDeclaredBare(ILocalSymbol local, IOperation place) => place.AncestorsAndSelf().Last().Descendants().OfType<IVariableDeclaratorOperation>()
        .Any(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local) && d.Parent is IVariableDeclarationOperation && (d.GetVariableInitializer() is not { Value: var initial } || NullTest.IsNull(initial)));
}
