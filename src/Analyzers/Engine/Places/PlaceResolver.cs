using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Flow;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>
/// Turns an operation into the <see cref="AccessPath"/> it names, within one body: conversions and flow captures are looked through, and a
/// local that is assigned once, from a path, stands for that path; a parameter or local that a constructor keeps in a readonly member, for that member. What is computed (a call's result, an arithmetic
/// index) has no path.
/// </summary>
internal sealed class PlaceResolver
{
    private readonly Dictionary<CaptureId, IOperation?> _captures = [];
    private readonly Dictionary<ISymbol, IOperation?> _singleValues = new(SymbolEqualityComparer.Default);

    // Few bodies are constructors, and few locks are parameters.
    private Dictionary<ISymbol, IOperation?>? _keepers;
    private Dictionary<ISymbol, IOperation?>? _keptIn;
    private HashSet<ISymbol>? _writtenParameters;
    private Dictionary<ISymbol, AccessPath>? _parameters;

    /// <summary>Reads the graph of a body and of every function nested in it once for its captures and single assignments.</summary>
    public PlaceResolver(IEnumerable<ControlFlowGraph> graphs)
    {
        foreach (var graph in graphs)
        {
            foreach (var block in graph.Blocks)
            {
                foreach (var operation in block.DescendantOperations())
                {
                    Read(operation);
                }
            }
        }
    }

    /// <summary>The path of <paramref name="operation"/>, or null.</summary>
    public AccessPath? PathOf(IOperation? operation) => PathOf(operation, 0);

    /// <summary>The variable whose value the graph keeps between blocks (the receiver of <c>?.</c>), or null when it keeps a computed one.</summary>
    public IOperation? CapturedVariable(IFlowCaptureReferenceOperation reference) =>
        _captures.TryGetValue(reference.Id, out var captured) && captured is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
            ? captured
            : null;

    /// <summary>Whether the local is the variable of a <c>catch</c>.</summary>
    public bool IsCaughtException(ILocalSymbol local) =>
        _singleValues.TryGetValue(local, out var value) && Conversions.WithoutAny(value) is ICaughtExceptionOperation;

    private AccessPath? PathOf(IOperation? operation, int depth)
    {
        // Aliases of aliases end somewhere, but a loop in broken code need not.
        if (depth > 16)
        {
            return null;
        }

        switch (operation)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return PathOf(conversion.Operand, depth + 1);
            case IParenthesizedOperation parenthesized:
                return PathOf(parenthesized.Operand, depth + 1);
            case IFlowCaptureReferenceOperation reference:
                return _captures.TryGetValue(reference.Id, out var captured) ? PathOf(captured, depth + 1) : null;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return new AccessPath(PathRoot.This, null, ImmutableArray<PathStep>.Empty);
            case ITypeOfOperation typeOf:
                return new AccessPath(PathRoot.TypeOf, typeOf.TypeOperand, ImmutableArray<PathStep>.Empty);
            case ILocalReferenceOperation local:
                return (_singleValues.TryGetValue(local.Local, out var value) ? PathOf(value, depth + 1) ?? (value is null ? null : KeptIn(local.Local, depth)) : null)
                    ?? new AccessPath(PathRoot.Local, local.Local, ImmutableArray<PathStep>.Empty);
            case IParameterReferenceOperation parameter:
                return PathOf(parameter.Parameter, depth);
            case IFieldReferenceOperation field:
                return Member(field.Field, field.Instance, ImmutableArray<IndexKey>.Empty, depth);
            case IPropertyReferenceOperation property:
                return IndexOf(property.Arguments) is { } keys ? Member(property.Property, property.Instance, keys, depth) : null;
            case IArrayElementReferenceOperation element:
                return IndexOf(element.Indices) is { } indices && PathOf(element.ArrayReference, depth + 1) is { } array
                    ? array.Then(new PathStep(null, indices))
                    : null;
            default:
                return null;
        }
    }

    private AccessPath PathOf(IParameterSymbol parameter, int depth)
    {
        _parameters ??= new Dictionary<ISymbol, AccessPath>(SymbolEqualityComparer.Default);
        if (!_parameters.TryGetValue(parameter, out var path))
        {
            var kept = _writtenParameters?.Contains(parameter) == true ? null : KeptIn(parameter, depth);
            _parameters.Add(parameter, path = kept ?? (PrimaryParameters.MemberOf(parameter) is { } member
                ? new AccessPath(PathRoot.This, null, ImmutableArray.Create(PathStep.Of(member)))
                : new AccessPath(PathRoot.Parameter, parameter, ImmutableArray<PathStep>.Empty)));
        }

        return path;
    }

    /// <summary>The readonly member that is given the variable and nothing else.</summary>
    private AccessPath? KeptIn(ISymbol variable, int depth) =>
        _keptIn is not null && _keptIn.TryGetValue(variable, out var member) && member is IMemberReferenceOperation { Member: var keeper } && _keepers![keeper] is not null ? PathOf(member, depth + 1) : null;

    private AccessPath? Member(ISymbol member, IOperation? instance, ImmutableArray<IndexKey> index, int depth) =>
        instance is null
            ? new AccessPath(PathRoot.Static, member, index.IsEmpty ? ImmutableArray<PathStep>.Empty : ImmutableArray.Create(new PathStep(null, index)))
            : PathOf(instance, depth + 1)?.Then(new PathStep(member, index));

    private static ImmutableArray<IndexKey>? IndexOf(ImmutableArray<IArgumentOperation> arguments)
    {
        var keys = ImmutableArray.CreateBuilder<IOperation>(arguments.Length);
        foreach (var argument in arguments)
        {
            keys.Add(argument.Value);
        }

        return IndexOf(keys.ToImmutable());
    }

    private static ImmutableArray<IndexKey>? IndexOf(ImmutableArray<IOperation> indices)
    {
        var keys = ImmutableArray.CreateBuilder<IndexKey>(indices.Length);
        foreach (var index in indices)
        {
            switch (index)
            {
                case { ConstantValue: { HasValue: true, Value: var constant } }:
                    keys.Add(new IndexKey(constant, null));
                    break;
                case ILocalReferenceOperation local:
                    keys.Add(new IndexKey(null, local.Local));
                    break;
                case IParameterReferenceOperation parameter:
                    keys.Add(new IndexKey(null, parameter.Parameter));
                    break;
                default:
                    return null;
            }
        }

        return keys.ToImmutable();
    }

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case IFlowCaptureOperation capture:
                _captures[capture.Id] = _captures.ContainsKey(capture.Id) ? null : capture.Value;
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, IsRef: false } assignment:
                _singleValues[target.Local] = target.IsDeclaration || !_singleValues.ContainsKey(target.Local) ? assignment.Value : null;
                break;
            case ISimpleAssignmentOperation { Target: IParameterReferenceOperation { Parameter: var changed } }:
                (_writtenParameters ??= new HashSet<ISymbol>(SymbolEqualityComparer.Default)).Add(changed);
                break;
            case ISimpleAssignmentOperation assignment when KeeperOf(assignment.Target) is { } keeper:
                Keep(keeper, assignment);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: IParameterReferenceOperation { Parameter: var passedOn } }:
                (_writtenParameters ??= new HashSet<ISymbol>(SymbolEqualityComparer.Default)).Add(passedOn);
                break;
            case ILocalReferenceOperation written when IsTarget(written):
                _singleValues[written.Local] = null;
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation passed }:
                _singleValues[passed.Local] = null;
                break;
        }
    }

    /// <summary>The readonly member of the object at hand that is assigned; the graph keeps it in a capture where the value is chosen (<c>_gate = gate ?? throw …</c>).</summary>
    private IMemberReferenceOperation? KeeperOf(IOperation target) => Captured(target) switch
    {
        IFieldReferenceOperation { Field.IsReadOnly: true, Instance: IInstanceReferenceOperation } field => field,
        IPropertyReferenceOperation { Property.SetMethod: null, Instance: IInstanceReferenceOperation } property => property,
        _ => null,
    };

    private IOperation? Captured(IOperation? value)
    {
        value = Conversions.WithoutBuiltIn(value);
        while (value is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out var captured))
        {
            value = Conversions.WithoutBuiltIn(captured);
        }

        return value;
    }

    /// <summary>A readonly member is given a value by its constructor; one that gets several, or gets it on one way alone, keeps nothing for certain.</summary>
    private void Keep(IMemberReferenceOperation member, ISimpleAssignmentOperation assignment)
    {
        _keepers ??= new Dictionary<ISymbol, IOperation?>(SymbolEqualityComparer.Default);
        _keptIn ??= new Dictionary<ISymbol, IOperation?>(SymbolEqualityComparer.Default);
        var isOnly = !_keepers.ContainsKey(member.Member) && assignment.Syntax.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } } or ArrowExpressionClauseSyntax;
        _keepers[member.Member] = isOnly ? member : null;
        if (Captured(assignment.Value) switch { ILocalReferenceOperation local => local.Local, IParameterReferenceOperation parameter => parameter.Parameter, _ => (ISymbol?)null } is { } variable)
        {
            _keptIn[variable] = _keptIn.ContainsKey(variable) ? null : member;
        }
    }

    private static bool IsTarget(ILocalReferenceOperation local) => local.Parent switch
    {
        ISimpleAssignmentOperation => false,
        IAssignmentOperation assignment => assignment.Target == local,
        IIncrementOrDecrementOperation => true,
        _ => false,
    };
}
