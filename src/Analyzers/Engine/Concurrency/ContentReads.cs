using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether a reference to a variable looks into the array or collection that it holds.</summary>
internal static class ContentReads
{
    public static bool Is(IOperation holder, Model model) => holder.Parent switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference == holder && !StraightLine.IsTarget(element),
        IPropertyReferenceOperation property => property.Instance == holder && property.Property.Name != "Length" | property.Property.ContainingType.Name == "StringBuilder" && !StraightLine.IsTarget(property),
        IInvocationOperation call => call.Instance == holder && !ForkWrites.IsMutation(call) && call.TargetMethod.Name is not ("GetType" or "EnsureCapacity"),
        IForEachLoopOperation => true,
        IConversionOperation { OperatorMethod: null } conversion => Is(conversion, model),
        IArgumentOperation { Parent: IInvocationOperation call } => WaitModels.IsQuiet(call.TargetMethod, model.Types) || IsInlineQuery(call, model),
        _ => false,
    };

    /// <summary>A query over what is there, whose lambdas neither call nor wait for anything, and ask no thread or task whether it has ended.</summary>
    public static bool IsInlineQuery(IInvocationOperation call, Model model) => KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable) && call.Arguments.All(a =>
        a.Value is not IDelegateCreationOperation { Target: var target } || (target is IAnonymousFunctionOperation lambda && !lambda.Body.Descendants().Any(o =>
            o is IInvocationOperation or IAwaitOperation || o is IPropertyReferenceOperation { Property: var asked } && WaitModels.TellsOfEnd(asked, model.Types))));
}
