using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>Whether the code is ready for what an operation is certain to throw, so that a report would tell it what it knows.</summary>
internal static class ExpectedFailure
{
    /// <summary>
    /// Whether <paramref name="exception"/> is caught, or the operation stands in a lambda that unseen code runs, as one does to see it thrown. A <c>try</c> that
    /// has the operation and not its <paramref name="source"/> is there for the operation, whatever it catches.
    /// </summary>
    public static bool Is(IOperation operation, INamedTypeSymbol? exception, BodyFacts body, IOperation? source = null)
    {
        for (var at = operation; at.Parent is { } up; at = up)
        {
            if (up is ITryOperation attempt && at == attempt.Body && attempt.Catches.Any(c => KnownType.Is(c.ExceptionType as INamedTypeSymbol, exception) || (source is not null && !at.Syntax.Span.Contains(source.Syntax.Span))))
            {
                return true;
            }

            if (up is IAnonymousFunctionOperation { Symbol.Parameters.IsEmpty: true, Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: var taker } } })
            {
                return taker is null || ForkModels.KindOf(taker, body.Model.Types) == ForkKind.None;
            }
        }

        return false;
    }
}
