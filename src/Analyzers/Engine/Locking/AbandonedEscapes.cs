using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>An acquire of a named mutex whose <c>AbandonedMutexException</c> leaves the function with the mutex held.</summary>
/// <param name="Acquire">The wait, or the call of the member that waits.</param>
/// <param name="Place">Where the handler belongs: the wait, also in a private member that no caller of expects the exception; else the call.</param>
internal sealed record AbandonedEscape(LockSite Acquire, SyntaxNode Place);

/// <summary>
/// Finds them. The function must be the one to answer for the mutex: it has it in a local, or gives it back on the way on which nothing was abandoned. One that only takes it leaves the exception, as the
/// mutex, to its caller.
/// </summary>
internal static class AbandonedEscapes
{
    public static IEnumerable<AbandonedEscape> Of(LockFlow flow, BodyFacts body)
    {
        if (body.Model.Types.AbandonedMutexException is not { } abandoned)
        {
            yield break;
        }

        foreach (var wait in flow.Table.Sites.Where(static s => s.Action is { Kind: LockKind.Mutex, IsAcquire: true, IsMade: false }))
        {
            var place = flow.Table.Places[wait.Place];
            if (!flow.Unfollowed.Contains(wait.Place) && !IsHandled(wait.Syntax, abandoned, body) && !IsHandledByCallers(wait.Syntax, abandoned, body) && Answers(flow, wait, place.Path, body) && MutexNames.IsNamed(place.Origin) &&
                PassedWait.Of(wait.Action, body) is { } passed && Escapes(flow, wait, abandoned, body))
            {
                yield return new AbandonedEscape(wait, passed.IsOfType && !IsHandledBySome(passed.Wait, abandoned, body) ? passed.Wait : wait.Syntax);
            }
        }
    }

    /// <summary>Some <c>try</c> of the function around the wait takes the exception, by itself or with every other; or the wait stands in the handler of one, where the mutex is held already.</summary>
    private static bool IsHandled(SyntaxNode wait, INamedTypeSymbol abandoned, BodyFacts body) => body.Root.DescendantsAndSelf().OfType<ITryOperation>().Any(tried =>
        tried.Catches.Any(handler => (tried.Body.Syntax.Span.Contains(wait.Span) && (handler.ExceptionType is null || handler.ExceptionType.SpecialType == SpecialType.System_Object || KnownType.IsOrDerives(abandoned, handler.ExceptionType))) ||
            (handler.Syntax.Span.Contains(wait.Span) && SymbolEqualityComparer.Default.Equals(handler.ExceptionType, abandoned))));

    /// <summary>Each call of the private function that waits stands in a <c>try</c> that takes this very exception, or in another such function.</summary>
    private static bool IsHandledByCallers(SyntaxNode wait, INamedTypeSymbol abandoned, BodyFacts body, int depth = 0) => depth < Limits.CallDepth &&
        CallsAround(wait, body) is { Count: > 0 } calls && calls.All(call => (call is IInvocationOperation || IsRunOnTheSpot(call)) && (IsHandledAround(call, abandoned) || IsHandledByCallers(call.Syntax, abandoned, body, depth + 1)));

    /// <summary>A method group that <c>ForEach</c> of a list or array is given.</summary>
    private static bool IsRunOnTheSpot(IOperation group) => group is IMethodReferenceOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation each } } } && ProcessUses.SequenceOfEach(each) is not null;

    /// <summary>Some call of the private member that waits does, or is out of sight.</summary>
    private static bool IsHandledBySome(SyntaxNode wait, INamedTypeSymbol abandoned, BodyFacts body) =>
        FunctionAround(wait) != FunctionAround(body.Root.Syntax) && (CallsAround(wait, body) is not { } calls || calls.Any(call => IsHandledAround(call, abandoned)));

    private static IReadOnlyList<IOperation>? CallsAround(SyntaxNode wait, BodyFacts body) =>
        body.Root.SemanticModel is { } semantics && FunctionAround(wait) is { } declaration && declaration.SyntaxTree == semantics.SyntaxTree && semantics.GetDeclaredSymbol(declaration, body.Cancellation) is IMethodSymbol method &&
        method is { MethodKind: MethodKind.LocalFunction } or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } ? VariableUses.All(method, semantics, body.Cancellation) : null;

    private static bool IsHandledAround(IOperation call, INamedTypeSymbol abandoned) => call.AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .Any(up => up is IBlockOperation { Parent: ITryOperation tried } && tried.Body == up && tried.Catches.Any(handler => SymbolEqualityComparer.Default.Equals(handler.ExceptionType, abandoned)));

    private static bool Answers(LockFlow flow, LockSite wait, AccessPath path, BodyFacts body) =>
        flow.Releases.Any(r => r.Site.Place == wait.Place && r.State[wait.Place] is { Phase: LockPhase.Held } held && held.Site == wait.Index) ||
        (path is { Root: PathRoot.Local, Steps.IsEmpty: true, Symbol: ILocalSymbol local } && IsMadeHere(local, wait, body));

    /// <summary>The function that waits has made the mutex, and so nobody else has its variable.</summary>
    private static bool IsMadeHere(ILocalSymbol local, LockSite wait, BodyFacts body) =>
        body.Root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local)) is { } declared &&
        FunctionAround(declared.Syntax) == FunctionAround(wait.Syntax);

    private static SyntaxNode? FunctionAround(SyntaxNode place) => place.Ancestors().FirstOrDefault(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    private static bool Escapes(LockFlow flow, LockSite wait, INamedTypeSymbol abandoned, BodyFacts body) =>
        flow.Acquires.Where(a => a.Site == wait && !a.State.HasThrown)
            .Select(a => (a.Node, State: a.State[wait.Place].Phase == LockPhase.Unknown && IsOfAnother(flow, wait, body) ? a.State.With(wait.Place, default) : a.State))
            .Where(a => a.State[wait.Place].Phase is not (LockPhase.Held or LockPhase.Unknown)).Any(begun => flow.Graph.HandlersOf(begun.Node, abandoned).Any(handler => handler == flow.Graph.ThrowExit ||
                flow.EndsFrom(handler, wait, begun.State, body)?.Thrown.Any(s => !s.HasThrown && s[wait.Place].Phase == LockPhase.Held) == true));

    /// <summary><c>if (!isFirst) mutex.WaitOne();</c> behind <c>new Mutex(true, name, out var isFirst)</c>: the creation has not taken the mutex where another process had made it.</summary>
    private static bool IsOfAnother(LockFlow flow, LockSite wait, BodyFacts body)
    {
        if (flow.Table.Places[wait.Place].Path is not { Root: PathRoot.Local, Steps.IsEmpty: true, Symbol: ILocalSymbol local } || Locals.OnlyValue(local, body.Root) is not { } made ||
            Conversions.WithoutBuiltIn(made) is not IObjectCreationOperation creation || NamedPrimitives.IsFirst(creation) is not { } isFirst)
        {
            return false;
        }

        return body.Root.Descendants().First(o => o.Syntax == wait.Syntax).AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).Any(up => up.Parent switch
        {
            IConditionalOperation choice => (up == choice.WhenTrue && Asks(choice.Condition, true)) || (up == choice.WhenFalse && Asks(choice.Condition, false)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => up == both.RightOperand && Asks(both.LeftOperand, true),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => up == either.RightOperand && Asks(either.LeftOperand, false),
            _ => false,
        });

        bool Asks(IOperation condition, bool isNegated) => ConditionTable.Normalize(condition) is var (core, negated) && negated == isNegated &&
            core is ILocalReferenceOperation asked && SymbolEqualityComparer.Default.Equals(asked.Local, isFirst);
    }
}
