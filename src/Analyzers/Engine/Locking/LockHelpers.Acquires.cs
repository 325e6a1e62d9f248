using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>The locks that a function waits for on its way, though it gives them back.</summary>
internal sealed partial class LockHelpers
{
    private readonly Dictionary<(ISymbol Method, int Depth), List<LockPlace>> _acquires = [];
    private readonly Dictionary<(ISymbol Method, ISymbol Holder), bool> _givesBack = [];

    /// <summary>
    /// The locks, as the caller names them, that the called member waits for whatever way it goes, though it gives them back: by itself, by a guard object, or by another member. One that
    /// runs beside its caller, its task not waited for, does not keep that one waiting.
    /// </summary>
    public IEnumerable<LockPlace> Acquires(MemberUse use, Func<IOperation?, AccessPath?> pathOf) =>
        use.Place is not IInvocationOperation call || IsWaitedFor(call, _model!) ? AcquiresToItsEnd(use, pathOf) : [];

    /// <summary>The same for one of which it is known that its end is waited for.</summary>
    public IEnumerable<LockPlace> AcquiresToItsEnd(MemberUse use, Func<IOperation?, AccessPath?> pathOf) => IsFollowed(use.Method)
        ? Acquires(Whole(use.Method), 0).Select(place => PathAt(use, place.Path, pathOf) is { } path ? place with { Path = path } : null).OfType<LockPlace>()
        : [];

    /// <summary>The locks that a lambda or local function of the body waits for whatever way it goes, each with the acquire, or the call that comes to it.</summary>
    public IEnumerable<(LockPlace Place, SyntaxNode At)> AcquiresIn(IMethodSymbol function, BodyFacts body) => AcquiresIn(function, body, 0);

    private IEnumerable<(LockPlace Place, SyntaxNode At)> AcquiresIn(IMethodSymbol function, BodyFacts body, int depth) => CodeOf(function, body) is not { } code ? [] : AcquiresIn(function, code, body, depth)
        .Where(found => found.Place.Path.Holder is not { } holder || !GivesBackFirst(function, code, body, holder)).Select(static found => (found.Place, found.At));

    /// <summary>Whether the code goes on only when the called member has come to its end.</summary>
    public static bool IsWaitedFor(IInvocationOperation call, Model model)
    {
        if (!TaskModels.IsTask(call.TargetMethod.ReturnType, model.Types))
        {
            return !call.TargetMethod.IsAsync;
        }

        var value = call.Syntax;
        while (value.Parent is ParenthesizedExpressionSyntax || value.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "AsTask" } || (value.Parent is InvocationExpressionSyntax invocation && invocation.Expression == value && value != call.Syntax))
        {
            value = value.Parent;
        }

        // All of several tasks are waited for at once.
        if (value.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var all } } together } })
        {
            return all == "WaitAll" || (all == "WhenAll" && together.Parent is AwaitExpressionSyntax);
        }

        // A wait with a limit goes on in any case.
        return value.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "GetResult" } or
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } };
    }

    private List<LockPlace> Acquires(IMethodSymbol method, int depth)
    {
        if (depth >= Limits.CallDepth || !_all.TryGetValue(method, out var body) || method is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true })
        {
            return [];
        }

        if (!_acquires.TryGetValue((method, depth), out var found))
        {
            // A member that gives the lock back first lets others in before it waits.
            _acquires.Add((method, depth), found = AcquiresIn(null, body.Root, body, depth)
                .Where(f => f.IsDirect || f.Place.Path.Holder is not { } holder || !MayGiveBack(method, holder)).Select(static f => f.Place).ToList());
        }

        return found;
    }

    /// <param name="function">The lambda or local function, or null when it is the member itself.</param>
    /// <param name="code">What it runs.</param>
    /// <param name="body">The body around.</param>
    /// <param name="depth">How many calls lead here.</param>
    private IEnumerable<(LockPlace Place, SyntaxNode At, bool IsDirect)> AcquiresIn(IMethodSymbol? function, IOperation code, BodyFacts body, int depth)
    {
        if (code.Descendants().Any(static o => o.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak))
        {
            yield break;
        }

        if (FlowOf(function, body) is { } flow)
        {
            foreach (var acquire in flow.Table.Sites.Where(static s => s.Action.Verb == LockVerb.Acquire))
            {
                var begun = flow.Acquires.Where(a => a.Site == acquire).ToList();
                if ((begun.Count == 0 ? flow.Forwarded == acquire : begun.All(a => a.State[acquire.Place].Phase == LockPhase.Untouched)) && new ReleasePaths(flow, acquire.Place, static _ => true).IsAlwaysReached(acquire))
                {
                    yield return (flow.Table.Places[acquire.Place], acquire.Syntax, true);
                }
            }
        }

        foreach (var scope in GuardScope.Of(body).Where(scope => SymbolEqualityComparer.Default.Equals(scope.Function, function) && StraightRun.IsAlwaysReached(scope.Opening, code)))
        {
            yield return (scope.Place, scope.Opening.Syntax, false);
        }

        foreach (var use in code.Descendants().SelectMany(MemberUse.Of).Where(use => IsFollowed(use.Method) && IsEnded(use) && StraightRun.IsAlwaysReached(use.Place, code)))
        {
            foreach (var place in Acquires(Whole(use.Method), depth + 1))
            {
                if (PathAt(use, place.Path, static o => VariablePath.Of(Conversions.WithoutBuiltIn(o))) is { } path)
                {
                    yield return (place with { Path = path }, use.Place.Syntax, false);
                }
            }
        }

        foreach (var call in code.Descendants().OfType<IInvocationOperation>().Where(call => depth < Limits.CallDepth && call.TargetMethod.MethodKind == MethodKind.LocalFunction &&
                     (IsWaitedFor(call, body.Model) || IsHandedOn(call)) && StraightRun.IsAlwaysReached(call, code)))
        {
            foreach (var (place, _) in AcquiresIn(call.TargetMethod, body, depth + 1))
            {
                yield return (place, call.Syntax, false);
            }
        }

        // Not one that acquires for its caller, which the flow knows.
        bool IsEnded(MemberUse use) => use.Place is not IInvocationOperation call ||
            ((IsWaitedFor(call, body.Model) || IsHandedOn(call)) && !body.LockFlows().Any(flow => flow.Table.SiteOf(call) is not null));
    }

    private static IOperation? CodeOf(IMethodSymbol function, BodyFacts body) => body.Root.Descendants().Select(operation => operation switch
    {
        IAnonymousFunctionOperation lambda when SymbolEqualityComparer.Default.Equals(lambda.Symbol, function) => lambda.Body,
        ILocalFunctionOperation local when SymbolEqualityComparer.Default.Equals(local.Symbol, function.OriginalDefinition) => local.Body,
        _ => null,
    }).FirstOrDefault(static code => code is not null);

    private static LockFlow? FlowOf(IMethodSymbol? function, BodyFacts body) => body.LockFlows().FirstOrDefault(flow => SymbolEqualityComparer.Default.Equals(flow.Function.Symbol, function));

    /// <summary>A member that hands on the very task of another: who waits for the one waits for the other.</summary>
    private static bool IsHandedOn(IInvocationOperation call) => call.Parent is IReturnOperation { Kind: OperationKind.Return };

    /// <summary>Whether the function may release the lock in <paramref name="holder"/>, itself or by a member, without having taken it.</summary>
    private bool GivesBackFirst(IMethodSymbol function, IOperation code, BodyFacts body, ISymbol holder) =>
        (FlowOf(function, body) is { } flow && ReleasesUntaken(flow, holder)) ||
        Operations.OfFunction(code).OfType<IInvocationOperation>().Any(call => MayGiveBack(Whole(call.TargetMethod), holder));

    /// <summary>Whether a call of <paramref name="method"/>, or of a member that it calls, may release the lock in <paramref name="holder"/> without having taken it.</summary>
    private bool MayGiveBack(IMethodSymbol method, ISymbol holder)
    {
        if (!UnguardedOn(holder.Name).Contains(method.Name))
        {
            return false;
        }

        if (!_givesBack.TryGetValue((method, holder), out var givesBack))
        {
            // What recursion comes back to is unknown.
            _givesBack[(method, holder)] = true;
            _givesBack[(method, holder)] = givesBack = !_all.TryGetValue(method, out var body) || !TryRead(body, out _) || (_bodies.ContainsKey(method) && MayRelease(method, holder)) ||
                UnreadCalls(body).Any(called => MayGiveBack(Whole(called), holder));
        }

        return givesBack;
    }
}
