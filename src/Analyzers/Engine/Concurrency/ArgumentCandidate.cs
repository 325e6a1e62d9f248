using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What a start forgot to pass: the one parameter or local of the member around that is of the type the body casts to, and that nothing else uses. Anything
/// less certain would be a guess.
/// </summary>
internal static class ArgumentCandidate
{
    public static ISymbol? Of(BadArgument bad, BodyFacts body)
    {
        if (WantedBy(bad.Failure!) is not { } wanted || body.Owner is not IMethodSymbol member || bad.Start.FunctionAround() is not null)
        {
            return null;
        }

        var locals = body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => IsSet(d, bad.Start)).Select(static d => (ISymbol)d.Symbol);
        var candidates = member.Parameters.Where(static p => p.RefKind == RefKind.None).Cast<ISymbol>().Concat(locals)
            .Where(v => SymbolEqualityComparer.Default.Equals(v is ILocalSymbol local ? local.Type : ((IParameterSymbol)v).Type, wanted) && !IsUsed(v, body)).Take(2).ToList();
        return candidates.Count == 1 ? candidates[0] : null;
    }

    /// <summary>The type of the cast that is or stands under the failure.</summary>
    private static ITypeSymbol? WantedBy(IOperation failure) => failure is IConversionOperation { Type: { } type } ? type : null;

    /// <summary>Declared with a value in a block around the start, before it.</summary>
    private static bool IsSet(IVariableDeclaratorOperation declarator, IOperation start) =>
        declarator.GetVariableInitializer() is not null && declarator.Syntax.Span.End <= start.Syntax.SpanStart && declarator.FunctionAround() is null &&
        declarator.Syntax.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()?.Parent is { } scope && scope.Span.Contains(start.Syntax.Span);

    private static bool IsUsed(ISymbol variable, BodyFacts body) => body.Root.Descendants().Any(o => o switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    });
}
