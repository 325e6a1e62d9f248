using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A thread or task of a type, as its own members start it, that some code of the type runs on.</summary>
/// <param name="At">What makes it: <c>new Thread(Run)</c>, <c>Task.Run(…)</c>, the call of an async method.</param>
/// <param name="Handle">Where it is kept.</param>
/// <param name="IsCertain">Whether each run comes to the code's function, unless something throws.</param>
internal readonly record struct OwnRun(IOperation At, ForkHandle Handle, bool IsCertain)
{
    /// <summary>The private variables that keep the thread or task: a local may hand it on to a field or list.</summary>
    public IEnumerable<ISymbol> Keepers(BodyFacts body)
    {
        if (Handle.Variable is not { } variable)
        {
            return [];
        }

        return variable is not ILocalSymbol || HandleUses.Of(variable, body) is not { } uses ? [variable] : uses.Select(static use => use.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Value == use => HandleUses.VariableOf(assignment.Target),
            _ => HandleUses.GroupOf(use),
        }).OfType<ISymbol>().Prepend(variable);
    }
}

/// <summary>On which threads and tasks of its type a piece of code runs: by the lambda around it, or by the references to the private method that it stands in.</summary>
internal static class OwnRuns
{
    public static IEnumerable<OwnRun> Of(IOperation operation, BodyFacts body) => Of(operation, body, 0, isCertain: true).OfType<OwnRun>();

    /// <summary>The same; null where the code may run anywhere else as well.</summary>
    public static IReadOnlyList<OwnRun>? Only(IOperation operation, BodyFacts body) =>
        Of(operation, body, 0, isCertain: true).ToList() is { Count: > 0 } runs && runs.TrueForAll(static run => run is not null) ? runs.ConvertAll(static run => run!.Value) : null;

    /// <summary>Each way that leads to the code, null for one that is no thread or task of the type or is out of sight.</summary>
    private static IEnumerable<OwnRun?> Of(IOperation operation, BodyFacts body, int depth, bool isCertain)
    {
        var last = operation;
        for (var up = operation.Parent; up is not null; (last, up) = (up, up.Parent))
        {
            switch (up)
            {
                case IAnonymousFunctionOperation lambda:
                    return Taker(lambda) is { } taker && Run(taker, lambda.Symbol.IsAsync, isCertain, body) is { } run ? [run] : [null];
                case ILocalFunctionOperation:
                    return [null];
            }
        }

        return depth < Limits.CallDepth && body.MayFollowCall() && MethodOf(last, body) is { DeclaredAccessibility: Accessibility.Private } method && VariableUses.All(method, body.Root.SemanticModel!, body.Cancellation) is { } uses
            ? uses.SelectMany(use => OfUse(use, method, body, depth, isCertain))
            : [null];
    }

    /// <summary>The method whose body <paramref name="root"/> is.</summary>
    public static IMethodSymbol? MethodOf(IOperation root, BodyFacts body) => root.Syntax.AncestorsAndSelf()
        .Select(node => body.Root.SemanticModel!.GetDeclaredSymbol(node, body.Cancellation)).FirstOrDefault(static symbol => symbol is IMethodSymbol or INamedTypeSymbol) as IMethodSymbol;

    private static IEnumerable<OwnRun?> OfUse(IOperation use, IMethodSymbol method, BodyFacts body, int depth, bool isCertain)
    {
        switch (use)
        {
            case IMethodReferenceOperation reference:
                return Taker(reference) is { } taker && Run(taker, method.IsAsync, isCertain, body) is { } run ? [run] : [null];
            case IInvocationOperation call when !IsInFunction(call) && TaskModels.IsTask(call.Type, body.Model.Types) && ForkHandle.Of(call) is { Home: HandleHome.Variable or HandleHome.Group } handle:
                return [new OwnRun(call, handle, isCertain)];
            default:
                return Of(use, body, depth + 1, isCertain && GateCount.IsCertain(use, use.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation) ?? use.AncestorsAndSelf().Last()));
        }
    }

    private static bool IsInFunction(IOperation operation) => operation.AncestorsAndSelf().Any(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation);

    /// <summary>The thread or task that the function runs on to its end; one that is left at the first <c>await</c> is none.</summary>
    private static OwnRun? Run(IOperation taker, bool isAsync, bool isCertain, BodyFacts body) => ForkModels.KindOf(taker, body.Model.Types) switch
    {
        ForkKind.TaskRun => new OwnRun(taker, ForkHandle.Of(taker), isCertain),
        ForkKind.Thread or ForkKind.StartNew or ForkKind.ColdTask when !isAsync => new OwnRun(taker, ForkHandle.Of(taker), isCertain),
        _ => null,
    };

    /// <summary>The call or creation that a function is given to.</summary>
    public static IOperation? Taker(IOperation function)
    {
        var up = function.Parent;
        while (up is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            up = up.Parent;
        }

        return up;
    }
}
