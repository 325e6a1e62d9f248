using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The parts of a body that are there to be seen failing: a lambda for a call that names the exception it waits for (<c>Assert.Throws&lt;T&gt;(() => …)</c>, <c>Assert.That(() => …, Throws.TypeOf&lt;T&gt;())</c>,
/// <c>act.Should().Throw&lt;T&gt;()</c>) or hands it back (<c>Record.Exception(() => …)</c>), and a test that expects one by its attribute. What is wrong in there is what the test is about, so nothing is said of it.
/// </summary>
internal static class AssertedFailures
{
    public static ImmutableArray<TextSpan> In(BodyFacts body)
    {
        if (body.Owner.GetAttributes().Any(static a => a.AttributeClass?.Name == "ExpectedExceptionAttribute"))
        {
            return ImmutableArray.Create(body.Root.Syntax.Span);
        }

        var found = ImmutableArray.CreateBuilder<TextSpan>();
        foreach (var operation in body.Root.Descendants())
        {
            if (operation is IAnonymousFunctionOperation lambda && !IsException(lambda.Symbol.ReturnType, body.Model) && IsSeenFailing(lambda, body))
            {
                found.Add(lambda.Syntax.Span);
            }
        }

        return found.ToImmutable();
    }

    private static bool IsSeenFailing(IAnonymousFunctionOperation lambda, BodyFacts body)
    {
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => Locals.Uses(local, body.Root).Any(use => IsAsserted(use, body)),
            _ => IsAsserted(value, body),
        };
    }

    /// <summary>Whether the call that takes the value, or one that goes on with what that call gives, names an exception or hands one back.</summary>
    private static bool IsAsserted(IOperation value, BodyFacts body)
    {
        for (var call = TakerOf(value); call is not null && ForkModels.KindOf(call, body.Model.Types) == ForkKind.None; value = call, call = TakerOf(value))
        {
            if (IsException(call.TargetMethod.ReturnType, body.Model) || call.TargetMethod.TypeArguments.Any(type => IsException(type, body.Model)) || call.Arguments.Any(argument => argument.Value != value && Names(argument, body.Model)))
            {
                return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? TakerOf(IOperation value)
    {
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent is IArgumentOperation { Parent: IInvocationOperation taker } ? taker : value.Parent is IInvocationOperation { Instance: { } instance } next && instance == value ? next : null;
    }

    private static bool Names(IArgumentOperation argument, Model model) => argument.Descendants().Any(operation => operation switch
    {
        ITypeOfOperation named => IsException(named.TypeOperand, model),
        IInvocationOperation constraint => IsConstraint(constraint.TargetMethod) || constraint.TargetMethod.TypeArguments.Any(type => IsException(type, model)),
        IPropertyReferenceOperation constraint => IsConstraint(constraint.Property),
        _ => false,
    });

    /// <summary>NUnit's <c>Throws.Exception</c>, <c>Throws.ArgumentException</c> and their like.</summary>
    private static bool IsConstraint(ISymbol member) => member.ContainingType is { Name: "Throws", ContainingNamespace: { Name: "Framework", ContainingNamespace.Name: "NUnit" } };

    private static bool IsException(ITypeSymbol type, Model model) =>
        model.Types.Exception is { } exception &&
        (KnownType.IsOrDerives(type, exception) || (TaskModels.IsTask(type, model.Types) && type is INamedTypeSymbol { TypeArguments: { Length: 1 } results } && KnownType.IsOrDerives(results[0], exception)));
}
