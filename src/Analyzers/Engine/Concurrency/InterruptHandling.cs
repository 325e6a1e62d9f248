using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether the threads that a variable may hold are known to have no handler for an interrupt.</summary>
internal static class InterruptHandling
{
    /// <summary>Every thread that <paramref name="receiver"/> may be is made in sight, and no body, nor what it calls in the file, catches the exception.</summary>
    public static bool IsMissing(IOperation receiver, BodyFacts body)
    {
        var bodies = HandleUses.CreationsOf(receiver, body).Select(creation => ForkBodies.Of(ForkModels.PartsOf(creation).Arguments[0], body.Root)).ToList();
        return bodies.Count > 0 && bodies.All(of => !of.IsEmpty && of.All(b => SourceOf(b, body) is { } source && !Handles(source, body, 0)));
    }

    private static IOperation? SourceOf(ForkBody forked, BodyFacts body) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => lambda,
        IMethodReferenceOperation method => ForkWrites.SourceOf(method.Method, body),
        _ => null,
    };

    private static bool Handles(IOperation function, BodyFacts body, int depth) => Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function).Any(operation => operation switch
    {
        ICatchClauseOperation clause => Catches(clause.ExceptionType, body.Model.Types),
        IInvocationOperation call => depth < Limits.CallDepth && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && Handles(source, body, depth + 1),
        _ => false,
    });

    private static bool Catches(ITypeSymbol? caught, WellKnownTypes types)
    {
        for (var type = types.ThreadInterruptedException; type is not null; type = type.BaseType)
        {
            if (KnownType.Is(caught, type))
            {
                return true;
            }
        }

        return caught is null;
    }
}
