using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>One use of a gate, or of a queue that is counted like one: a call on it, or the call of a helper of the file that makes such calls.</summary>
/// <param name="At">The call, in the body that is looked at.</param>
/// <param name="Inner">The call on the gate itself.</param>
/// <param name="Number">What it counts for, or null where that is not known.</param>
internal readonly record struct GateUse(IOperation At, IOperation Inner, GateAction Action, CountForm? Number);

/// <summary>
/// Every use of a countdown, barrier or blocking collection that a local keeps, lambdas and local functions included. A helper of the file that is given the gate is looked into; where the gate goes
/// anywhere else, nothing is known of it.
/// </summary>
internal sealed class GateUses
{
    private readonly BodyFacts _body;
    private readonly List<GateUse> _uses = [];

    private GateUses(BodyFacts body) => _body = body;

    /// <summary>The uses in source order, or null when some are out of sight.</summary>
    public static IReadOnlyList<GateUse>? Of(ILocalSymbol gate, BodyFacts body)
    {
        var uses = new GateUses(body);
        return Locals.Uses(gate, body.Root).All(mention => uses.Take(mention, null, 0)) ? uses._uses : null;
    }

    /// <summary>The same for the mentions of a field: in the body, or in private methods which the body alone starts or calls.</summary>
    public static IReadOnlyList<GateUse>? Of(IEnumerable<IOperation> mentions, BodyFacts body)
    {
        var uses = new GateUses(body);
        return mentions.All(mention => uses.Here(mention) is { } own ? uses.Take(own, null, 0) : uses.TakeOfMember(mention)) ? uses._uses : null;
    }

    /// <summary>The operation of the body that stands at the same place.</summary>
    private IOperation? Here(IOperation operation) => _body.Root.Syntax.Span.Contains(operation.Syntax.Span) ? _body.Root.Descendants().FirstOrDefault(o => o.Syntax == operation.Syntax && o.Kind == operation.Kind) : null;

    /// <summary>A mention in another member: once for each call of it, and once where it is started.</summary>
    private bool TakeOfMember(IOperation mention)
    {
        var root = mention.AncestorsAndSelf().Last();
        if (mention.FunctionAround() is not null || OwnRuns.MethodOf(root, _body) is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary, IsAsync: false } method || VariableUses.All(method, _body.Root.SemanticModel!, _body.Cancellation) is not { Count: > 0 } references)
        {
            return false;
        }

        foreach (var reference in references.GroupBy(static r => r.Kind))
        {
            foreach (var from in reference.Key == OperationKind.MethodReference ? reference.Take(1) : reference)
            {
                var before = _uses.Count;
                if (Here(from) is not { } here || !Take(mention, here as IInvocationOperation, 0))
                {
                    return false;
                }

                if (here is IInvocationOperation && (!GateCount.IsCertain(mention, root) || GateCount.ReturnsEarly(root, mention.Syntax)))
                {
                    for (var i = before; i < _uses.Count; i++)
                    {
                        _uses[i] = _uses[i] with { Number = null };
                    }
                }
            }
        }

        return references.All(from => Here(from) is not null);
    }

    private bool Take(IOperation mention, IOperation? helper, int depth)
    {
        switch (mention.Parent)
        {
            case IInvocationOperation call when call.Instance == mention:
                var isQueue = BlockingCollectionModels.Is(call.TargetMethod.ContainingType, _body.Model.Types);
                var action = isQueue ? BlockingCollectionModels.CountedActionOf(call.TargetMethod)
                    : CountdownModels.Is(call.TargetMethod.ContainingType, _body.Model.Types) ? CountdownModels.ActionOf(call.TargetMethod)
                    : BarrierModels.ActionOf(call.TargetMethod);
                _uses.Add(new GateUse(helper ?? call, call, action, isQueue || call.Arguments.IsEmpty ? CountForm.Zero with { Offset = 1 } : helper is null ? CountForm.Of(call.Arguments[0].Value, _body) : Constant(call)));
                return action != GateAction.Other;
            case IPropertyReferenceOperation property when property.Instance == mention:
                return (BlockingCollectionModels.Is(property.Property.ContainingType, _body.Model.Types) ? BlockingCollectionModels.CountedActionOf(property.Property)
                    : CountdownModels.Is(property.Property.ContainingType, _body.Model.Types) ? CountdownModels.ActionOf(property.Property)
                    : BarrierModels.ActionOf(property.Property)) == GateAction.Look;
            case IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } when depth < Limits.CallDepth && !call.TargetMethod.IsAsync && ForkWrites.SourceOf(call.TargetMethod, _body) is { } source:
                return TakeHelper(call, parameter, source, helper ?? call, depth + 1);
            case IUsingOperation or INameOfOperation or IExpressionStatementOperation:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Each run of the helper signals once at most for one call: what it does under a condition or in a loop has no number.</summary>
    private bool TakeHelper(IInvocationOperation call, IParameterSymbol parameter, IOperation source, IOperation outermost, int depth)
    {
        var own = call.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal];
        var first = _uses.Count;
        foreach (var mention in source.Descendants().OfType<IParameterReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Parameter, own)))
        {
            var before = _uses.Count;
            if (IsInnerFunction(mention, source) || !Take(mention, outermost, depth))
            {
                return false;
            }

            if (!GateCount.IsCertain(mention, source))
            {
                for (var i = before; i < _uses.Count; i++)
                {
                    _uses[i] = _uses[i] with { Number = null };
                }
            }
        }

        return _uses.Count == first || !GateCount.ReturnsEarly(source, _uses[_uses.Count - 1].Inner.Syntax);
    }

    private static bool IsInnerFunction(IOperation mention, IOperation source)
    {
        for (var up = mention.Parent; up is not null && up != source; up = up.Parent)
        {
            if (up is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static CountForm? Constant(IInvocationOperation call) => call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int number } ? CountForm.Zero with { Offset = number } : null;
}
