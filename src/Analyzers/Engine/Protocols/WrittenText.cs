using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// What is written to a child, as far as the file tells of it: followed into locals, builders and lists that are filled, helpers of the file, fields and properties. Whatever text stands in a helper counts
/// for its result, so that a word is rather seen too often than missed.
/// </summary>
internal sealed class WrittenText
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<string> _texts = [];
    private readonly ProcessUse _write;
    private readonly BodyFacts _body;

    private WrittenText(ProcessUse write, BodyFacts body)
    {
        _write = write;
        _body = body;
    }

    /// <summary>The constant texts that it may hold, or that may be among those which a loop writes.</summary>
    public static IReadOnlyList<string> Of(ProcessUse write, BodyFacts body)
    {
        var text = new WrittenText(write, body);
        foreach (var at in write.Path)
        {
            text.Collect(at, 0);
            foreach (var loop in at.AncestorsAndSelf().OfType<IForEachLoopOperation>())
            {
                text.Collect(loop.Collection, 0);
            }
        }

        return text._texts;
    }

    /// <summary>Whether a line ends with the text, or may do so.</summary>
    public static bool EndsLine(IOperation? text, BodyFacts body, int depth = 0)
    {
        switch (Conversions.WithoutAny(text))
        {
            case var _ when depth > Limits.CallDepth:
                return true;
            case { ConstantValue: { HasValue: true, Value: string constant } }:
                return constant.EndsWith("\n", System.StringComparison.Ordinal);
            case IBinaryOperation both:
                return EndsLine(both.RightOperand, body, depth);
            case IInterpolatedStringOperation { Parts: { Length: > 0 } parts }:
                return parts[parts.Length - 1] switch
                {
                    IInterpolatedStringTextOperation end => EndsLine(end.Text, body, depth),
                    IInterpolationOperation end => EndsLine(end.Expression, body, depth),
                    _ => true,
                };
            case ILocalReferenceOperation { Local: var local } use:
                return Locals.OnlyValue(local, use.AncestorsAndSelf().Last()) is not { } made || EndsLine(made, body, depth + 1);
            case IParameterReferenceOperation:
                return false;
            case IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType.Name: "StringBuilder" }, Instance: ILocalReferenceOperation { Local: var builder } use }:
                return IsBuiltToEndLine(builder, use, body, depth);
            case IInvocationOperation { TargetMethod.Name: "ReadAllText" or "ReadToEnd" or "ToString" or "Join" or "Trim" or "Serialize" }:
                return false;
            case IInvocationOperation call:
                return IsReturnedToEndLine(call.TargetMethod, body, depth);
            case IPropertyReferenceOperation { Property.GetMethod: { } getter }:
                return IsReturnedToEndLine(getter, body, depth);
            default:
                return true;
        }
    }

    private static bool IsReturnedToEndLine(IMethodSymbol method, BodyFacts body, int depth) =>
        HelperBody.Of(method, body) is not { } helper || HelperBody.Returned(helper) is not { } returned || EndsLine(returned, body, depth + 1);

    /// <summary>Whether the last thing that is appended to a builder ends a line; nothing is known of one that others append to.</summary>
    private static bool IsBuiltToEndLine(ILocalSymbol builder, IOperation until, BodyFacts body, int depth)
    {
        var root = until.AncestorsAndSelf().Last();
        var uses = Locals.Uses(builder, root).Where(use => use.Syntax.SpanStart < until.Syntax.SpanStart).ToList();
        if (Locals.OnlyValue(builder, root) is not { } made || uses.Exists(static use => use.Parent is not IInvocationOperation))
        {
            return true;
        }

        return uses.Count > 0 ? Chain(uses[uses.Count - 1]).Last() switch
        {
            IInvocationOperation { TargetMethod.Name: "Append", Arguments: { Length: 1 } appended } => EndsLine(appended[0].Value, body, depth + 1),
            _ => true,
        } : Conversions.WithoutAny(made) is not IObjectCreationOperation { Arguments: { Length: 1 } given } || EndsLine(given[0].Value, body, depth + 1);
    }

    private void Collect(IOperation? value, int depth)
    {
        if (value is null || depth > Limits.CallDepth)
        {
            return;
        }

        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case { ConstantValue: { HasValue: true, Value: string text } }:
                    _texts.Add(text);
                    break;
                case ILocalReferenceOperation { Local: var local } when _seen.Add(local):
                    Filled(local, part.AncestorsAndSelf().Last(), depth);
                    break;
                case IParameterReferenceOperation { Parameter: var parameter } when _seen.Add(parameter):
                    Collect(_write.Path.OfType<IInvocationOperation>().Select(call => ProcessUses.Argument(call, parameter)).FirstOrDefault(static given => given is not null), depth + 1);
                    break;
                case IInvocationOperation call when _seen.Add(call.TargetMethod):
                    Collect(HelperBody.Of(call.TargetMethod, _body), depth + 1);
                    break;
                case IFieldReferenceOperation { Field: var field } when _seen.Add(field):
                    Kept(field, depth);
                    break;
                case IPropertyReferenceOperation { Property: var property } when _seen.Add(property):
                    Kept(property, depth);
                    Collect(property.GetMethod is { } getter ? HelperBody.Of(getter, _body) : null, depth + 1);
                    break;
            }
        }
    }

    /// <summary>What the local is made of, and what is added to it by calls on it, by <c>+=</c> and by helpers that it is given to.</summary>
    private void Filled(ILocalSymbol local, IOperation root, int depth)
    {
        Collect(root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local))?.GetVariableInitializer()?.Value, depth + 1);
        foreach (var use in Locals.Uses(local, root))
        {
            Added(use, depth);
        }
    }

    /// <summary>The same for a field or property of the type, as far as the file shows it.</summary>
    private void Kept(ISymbol member, int depth)
    {
        if (_body.Root.SemanticModel is { } model && !member.DeclaringSyntaxReferences.IsEmpty)
        {
            Collect(Assignments.InitializerOf(member, model, _body.Cancellation), depth + 1);
            foreach (var use in VariableUses.Seen(member, model, _body.Cancellation))
            {
                Added(use, depth);
            }
        }
    }

    private void Added(IOperation use, int depth)
    {
        switch (use.Parent)
        {
            case IAssignmentOperation assignment when assignment.Target == use:
                Collect(assignment.Value, depth + 1);
                break;
            case IArgumentOperation { Parent: IInvocationOperation given } when _seen.Add(given.TargetMethod):
                Collect(HelperBody.Of(given.TargetMethod, _body), depth + 1);
                break;
            default:
                foreach (var argument in Chain(use).OfType<IInvocationOperation>().SelectMany(static call => call.Arguments))
                {
                    Collect(argument.Value, depth + 1);
                }

                break;
        }
    }

    /// <summary>The calls on the value, one on the result of the other.</summary>
    private static IEnumerable<IOperation> Chain(IOperation value)
    {
        while (value.Parent is IInvocationOperation call && call.Instance == value)
        {
            yield return value = call;
        }
    }
}
