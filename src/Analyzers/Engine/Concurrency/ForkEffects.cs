using System.Linq;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What is lost when a forked body is cut off: whether it, or what it calls in this file, shows, saves or sends something, or checks something for a test. An effect
/// in a handler of failures is not its purpose. A body that is made to be stopped has none to lose: it looks at a token, asks the user, ends the process, or
/// loops for as long as something holds that it does not count itself.
/// </summary>
internal sealed class ForkEffects
{
    private readonly BodyFacts _body;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private bool _isOpen;

    private ForkEffects(BodyFacts body) => _body = body;

    /// <summary>The first call whose effect outlives the process.</summary>
    public IInvocationOperation? Effect { get; private set; }

    /// <summary>The first check on behalf of a test.</summary>
    public IInvocationOperation? Check { get; private set; }

    /// <summary>The effects of the body; null when it may be meant to be cut off, or is not known.</summary>
    public static ForkEffects? Of(ForkBody forked, BodyFacts body)
    {
        var effects = new ForkEffects(body);
        switch (forked.Named)
        {
            case IAnonymousFunctionOperation lambda:
                effects.Walk(lambda.Body, 0);
                break;
            case IMethodReferenceOperation method:
                effects.Follow(method.Method, 0);
                break;
        }

        return effects._isOpen ? null : effects;
    }

    private void Follow(IMethodSymbol method, int depth)
    {
        if (depth < Limits.CallDepth && ForkWrites.SourceOf(method, _body) is { } source && _followed.Add(method.OriginalDefinition))
        {
            Walk(source is ILocalFunctionOperation { Body: { } block } ? block : source, depth + 1);
        }
    }

    private void Walk(IOperation function, int depth)
    {
        foreach (var operation in Operations.OfFunction(function))
        {
            _body.Cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case ILoopOperation loop:
                    _isOpen |= IsOpen(loop);
                    break;
                case IInvocationOperation call:
                    _isOpen |= EffectModels.EndsOrAsks(call.TargetMethod, _body.Model.Types);
                    if (!IsInHandler(call, function))
                    {
                        Effect ??= EffectModels.Outlives(call, _body.Model.Types) ? call : null;
                        Check ??= EffectModels.Asserts(call.TargetMethod) ? call : null;
                        Follow(call.TargetMethod, depth);
                    }

                    break;
                case IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } }:
                    break;
                case IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation when KnownType.Is(operation.Type, _body.Model.Types.CancellationToken):
                    _isOpen = true;
                    break;
            }
        }
    }

    /// <summary>Whether somebody else decides how long the loop goes on.</summary>
    public static bool IsOpen(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation each => each.IsAsynchronous || each.Collection.DescendantsAndSelf().Any(static o => o is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" or "ReadAllAsync" }),
        IForLoopOperation { Condition: { } condition } => AsksOthers(condition),
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue.HasValue || AsksOthers(condition),
        _ => true,
    };

    private static bool AsksOthers(IOperation condition) => condition.DescendantsAndSelf().Any(static o => o is IInvocationOperation or IAwaitOperation ||
        o is IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean });

    private static bool IsInHandler(IOperation operation, IOperation function)
    {
        for (var up = operation.Parent; up is not null && up != function; up = up.Parent)
        {
            if (up is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }
}
