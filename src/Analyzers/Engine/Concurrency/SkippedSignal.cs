using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A signal that forked work gives when it is done, and does not give when something before it throws, while another thread waits for it without a limit. An exception that ends the program
/// leaves nobody waiting: so either a task keeps it, or a <c>catch</c> of the work that gives no signal.
/// </summary>
/// <param name="Start">The fork.</param>
/// <param name="Signal">The call that gives the signal, or that of a helper which does.</param>
/// <param name="Throwing">What may throw.</param>
/// <param name="Wait">Who waits.</param>
/// <param name="Gate">The object.</param>
internal sealed record SkippedSignal(ForkStart Start, IInvocationOperation Signal, IOperation Throwing, IOperation Wait, ISymbol Gate)
{
    /// <summary>The named function that the signal stands in; null for a lambda.</summary>
    public IMethodSymbol? Helper { get; private init; }

    /// <summary>The news of <paramref name="kind"/> that work of the body does not give in some of its runs.</summary>
    public static IEnumerable<SkippedSignal> In(BodyFacts body, News kind)
    {
        var starts = kind == News.Result ? body.Forks().Starts.AddRange(ForkStart.Continuations(body)) : body.Forks().Starts;
        foreach (var start in starts)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (start.Bodies.Length == 1 && FunctionOf(start.Bodies[0], body) is { } function && new Search(start, function, kind, body).Find() is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The lambda, local function or method of this type that runs.</summary>
    private static IOperation? FunctionOf(ForkBody forked, BodyFacts body) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => CalledBy(lambda, body) ?? lambda,
        IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } => ForkWrites.SourceOf(forked.Function, body),
        _ => null,
    };

    /// <summary>The private or local function that a lambda does nothing but call, where nobody else does: its work is the lambda's.</summary>
    private static IOperation? CalledBy(IAnonymousFunctionOperation lambda, BodyFacts body)
    {
        var only = lambda.Body.Operations.Where(static o => o is not IReturnOperation { ReturnedValue: null }).ToList() is { Count: 1 } statements ? statements[0] : null;
        var value = only is IReturnOperation returned ? returned.ReturnedValue : (only as IExpressionStatementOperation)?.Operation;
        return (value is IAwaitOperation wait ? wait.Operation : value) is IInvocationOperation { Instance: null or IInstanceReferenceOperation, TargetMethod: var called } call && ForkWrites.SourceOf(called, body) is { } source &&
            (called.MethodKind == MethodKind.LocalFunction ? body.Root.Descendants().All(o => o == call || !Names(o, called))
                : called.DeclaredAccessibility == Accessibility.Private && body.Root.SemanticModel is { } semantics && VariableUses.All(called, semantics, body.Cancellation) is { Count: 1 }) ? source : null;
    }

    private static bool Names(IOperation operation, IMethodSymbol function) => SymbolEqualityComparer.Default.Equals(operation switch
    {
        IInvocationOperation call => call.TargetMethod.OriginalDefinition,
        IMethodReferenceOperation reference => reference.Method.OriginalDefinition,
        _ => null,
    }, function.OriginalDefinition);

    private sealed class Search(ForkStart start, IOperation function, News kind, BodyFacts body)
    {
        private readonly ThrownBefore _thrown = new(body);

        /// <summary>The handlers around the signal that give it too.</summary>
        private readonly List<ICatchClauseOperation> _handlers = [];

        public SkippedSignal? Find()
        {
            foreach (var call in ThrownBefore.OfFunction(function).OfType<IInvocationOperation>())
            {
                if (GateOf(call) is { } gate && HandleUses.Of(gate, body) is { } uses && Skips(call, gate) is { } throwing && WaitFor(gate, uses, call) is { } wait)
                {
                    return new SkippedSignal(start, call, throwing, wait, gate) { Helper = (function as ILocalFunctionOperation)?.Symbol ?? (function is IAnonymousFunctionOperation ? null : OwnRuns.MethodOf(function, body)) };
                }
            }

            return null;
        }

        /// <summary>What is signalled by the call itself, or by a helper that does nothing before it.</summary>
        private ISymbol? GateOf(IInvocationOperation call)
        {
            if (NewsModels.Tells(call.TargetMethod, kind, body.Model.Types))
            {
                return HandleUses.VariableOf(call.Instance) ?? (call.Instance is IArrayElementReferenceOperation element ? HandleUses.VariableOf(element.ArrayReference) : null);
            }

            return call.Arguments.FirstOrDefault(a => HandleUses.VariableOf(a.Value) is not null && Signals(call, a, 0))?.Value is { } passed ? HandleUses.VariableOf(passed) : null;
        }

        private bool Signals(IInvocationOperation call, IArgumentOperation argument, int depth)
        {
            if (depth >= Limits.CallDepth || argument.Parameter is not { RefKind: RefKind.None } parameter || ForkWrites.SourceOf(call.TargetMethod, body) is not { } source)
            {
                return false;
            }

            var own = call.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal];
            foreach (var inner in ThrownBefore.OfFunction(source).OfType<IInvocationOperation>())
            {
                var isSignal = IsOf(inner.Instance, own) && NewsModels.Tells(inner.TargetMethod, kind, body.Model.Types);
                if (isSignal || inner.Arguments.Any(a => IsOf(a.Value, own) && Signals(inner, a, depth + 1)))
                {
                    return _thrown.Of(inner, source) is null;
                }
            }

            return false;
        }

        private static bool IsOf(IOperation? operation, IParameterSymbol parameter) => operation is IParameterReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Parameter, parameter);

        /// <summary>What may throw before the signal, when nobody else gives it then and the exception does not end the program; else null.</summary>
        private IOperation? Skips(IInvocationOperation signal, ISymbol gate)
        {
            var isKept = start.Kind is ForkKind.TaskRun or ForkKind.StartNew or ForkKind.ColdTask or ForkKind.Continuation;
            _handlers.Clear();
            for (IOperation at = signal; at != function && at.Parent is { } parent; at = parent)
            {
                if (parent is ICatchClauseOperation)
                {
                    return null;
                }

                if (parent is ITryOperation attempt)
                {
                    if (at == attempt.Finally || Mentions(attempt.Finally, gate))
                    {
                        return null;
                    }

                    var signalling = attempt.Catches.Where(c => Mentions(c, gate)).ToList();
                    _handlers.AddRange(signalling);
                    if (signalling.Count > 0 && !(signalling.Count == 1 && IsNarrow(signalling[0])))
                    {
                        // Every exception is seen to; a way that throws none is left.
                        return IsOnly(signal, gate) && kind == News.Result ? WayPast(signal) : null;
                    }

                    if (attempt.Catches.Any(ThrownBefore.Swallows))
                    {
                        return IsOnly(signal, gate) ? _thrown.Of(signal, attempt.Body, _handlers) : null;
                    }
                }
            }

            return IsOnly(signal, gate) ? (isKept ? _thrown.Of(signal, function, _handlers) ?? OfAntecedent(signal) : null) ?? (kind == News.Result ? WayPast(signal) : null) : null;
        }

        /// <summary>A handler of one sort of exceptions, without a filter.</summary>
        private static bool IsNarrow(ICatchClauseOperation clause) => clause.Filter is null && clause.ExceptionType is { SpecialType: not SpecialType.System_Object } type && type is not { Name: "Exception" or "SystemException", ContainingNamespace.Name: "System" };

        /// <summary>
        /// What keeps a continuation from the signal when the task before it fails: its result is asked for, which throws then, or the continuation is for success alone. One that looks at how the task has ended is taken
        /// to see to it.
        /// </summary>
        private IOperation? OfAntecedent(IInvocationOperation signal)
        {
            if (start.Kind != ForkKind.Continuation || start.At is not IInvocationOperation { Instance: { } antecedent } continuation || WaitModels.IsPause(antecedent, body.Model.Types) || TaskModels.IsFinished(antecedent, body.Model.Types) ||
                function is not IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } given })
            {
                return null;
            }

            var asked = ThrownBefore.OfFunction(function).Where(o => o.Parent is not null && o is IParameterReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Parameter, given[0])).Select(static o => o.Parent!).ToList();
            return asked.Exists(static use => use is not (IPropertyReferenceOperation { Property.Name: "Result" } or IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "Wait" } or IExpressionStatementOperation or ISimpleAssignmentOperation)) ? null
                : asked.Find(use => use is IPropertyReferenceOperation or IInvocationOperation && (use.Syntax.Span.End <= signal.Syntax.SpanStart || ThrownBefore.IsArgument(use, signal))) ??
                  continuation.Arguments.Select(static a => Conversions.WithoutAny(a.Value)).FirstOrDefault(static option => option is IFieldReferenceOperation { Field: { Name: "OnlyOnRanToCompletion" or "NotOnFaulted", ContainingType.Name: "TaskContinuationOptions" } });
        }

        /// <summary>A <c>return</c> before the news, or the choice that decides whether it is given. In a loop another round may give it.</summary>
        private IOperation? WayPast(IInvocationOperation signal)
        {
            var around = signal.AncestorsAndSelf().TakeWhile(up => up != function).ToList();
            return around.Any(static up => up is ILoopOperation or ISwitchOperation) ? null
                : (IOperation?)around.OfType<IConditionalOperation>().FirstOrDefault(choice => choice is { Type: null, WhenFalse: null }) ??
                  (GateCount.ReturnsEarly(function, signal.Syntax) ? ThrownBefore.OfFunction(function).FirstOrDefault(o => o is IReturnOperation { IsImplicit: false } && o.Syntax.SpanStart < signal.Syntax.SpanStart && !o.Syntax.Span.Contains(signal.Syntax.Span)) : null);
        }

        private bool IsOnly(IInvocationOperation signal, ISymbol gate) =>
            function.Descendants().All(o => !IsVariable(o, gate) || signal.Syntax.Span.Contains(o.Syntax.Span) || IsLook(o) || IsInHandler(o));

        private bool IsInHandler(IOperation operation) => _handlers.Exists(handler => handler.Syntax.SyntaxTree == operation.Syntax.SyntaxTree && handler.Syntax.Span.Contains(operation.Syntax.Span));

        /// <summary>The endless wait of another thread for the gate, where nobody else could give the signal, and no join before it lets the failure come out.</summary>
        private IOperation? WaitFor(ISymbol gate, IReadOnlyList<IOperation> uses, IInvocationOperation signal)
        {
            if (start.Handle.Home is HandleHome.Joined or HandleHome.Elsewhere)
            {
                return null;
            }

            IOperation? wait = null;
            foreach (var use in uses.Where(use => !signal.Syntax.Span.Contains(use.Syntax.Span) && !IsInHandler(use)))
            {
                var isInWork = function.Syntax.SyntaxTree == use.Syntax.SyntaxTree && function.Syntax.Span.Contains(use.Syntax.Span);
                switch (use.Parent)
                {
                    case IInvocationOperation call when call.Instance == use:
                        if (NewsModels.WaitOf(use, kind, body.Model.Types) is { } endless && !isInWork && !IsJoinedBefore(endless))
                        {
                            wait ??= endless;
                        }
                        else if (NewsModels.Tells(call.TargetMethod, kind, body.Model.Types) && !IsOfOtherWork(call))
                        {
                            return null;
                        }

                        break;
                    case IPropertyReferenceOperation when kind == News.Result:
                        if (NewsModels.WaitOf(use, kind, body.Model.Types) is not { } awaited)
                        {
                            return null;
                        }

                        wait ??= isInWork || IsJoinedBefore(awaited) ? null : awaited;
                        break;
                    case IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation filled } element when filled.Target == element:
                        break;
                    case var _ when kind == News.Signal && SignalModels.IsEndlessWaitForAll(HandleUses.GivenTo(use), body.Model.Types):
                        wait ??= isInWork || IsJoinedBefore(HandleUses.GivenTo(use)!) ? null : HandleUses.GivenTo(use);
                        break;
                    case var _ when kind == News.Signal && ForkHandle.Of(use) is { Home: HandleHome.Group, Variable: { } group } && HandleUses.Of(group, body) is { } members:
                        if (members.Any(member => !IsStore(member) && !IsLook(member) && !SignalModels.IsEndlessWaitForAll(HandleUses.GivenTo(member), body.Model.Types)))
                        {
                            return null;
                        }

                        wait ??= members.Select(HandleUses.GivenTo).FirstOrDefault(all => SignalModels.IsEndlessWaitForAll(all, body.Model.Types) && !IsJoinedBefore(all!));
                        break;
                    case IArgumentOperation { Parent: IInvocationOperation call } when IsOfOtherWork(call):
                    case ISimpleAssignmentOperation assignment when assignment.Target == use && (gate is IFieldSymbol || !assignment.Syntax.Span.Contains(signal.Syntax.Span)):
                    case IUsingOperation or INameOfOperation or IPropertyReferenceOperation or IVariableInitializerOperation:
                        break;
                    case IConditionalAccessOperation:
                    default:
                        return null;
                }
            }

            return wait is not null && LetsOneThrough(gate) && !IsByStarter(wait) ? null : wait;
        }

        /// <summary>Each signal is for one waiter: where another member waits, each run of the starter gives it something, and what fails is one less.</summary>
        private bool LetsOneThrough(ISymbol gate) => gate is IFieldSymbol { Type: var type } && (KnownType.Is(type, body.Model.Types.SemaphoreSlim) || KnownType.Is(type, body.Model.Types.Semaphore) || KnownType.Is(type, body.Model.Types.AutoResetEvent));

        private bool IsByStarter(IOperation wait) => wait.Syntax.SyntaxTree == start.At.Syntax.SyntaxTree && wait.AncestorsAndSelf().Last().Syntax == start.At.AncestorsAndSelf().Last().Syntax;

        /// <summary>A countdown has a signal for each item, and its starter gives one too.</summary>
        private bool IsOfOtherWork(IInvocationOperation call) => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.CountdownEvent) &&
            (SymbolEqualityComparer.Default.Equals(call.FunctionAround(), start.At.FunctionAround()) || body.Forks().Starts.Any(other => other.At != start.At && other.Bodies.Any(b => b.Named.Syntax.Span.Contains(call.Syntax.Span))));

        /// <summary>Whether the task is waited for between the start and the wait: the failure comes out there.</summary>
        private bool IsJoinedBefore(IOperation wait) => start.Handle.Variable is { } handle && HandleUses.Of(handle, body) is var joins && (joins is null ||
            joins.Any(use => use.Syntax.SpanStart > start.At.Syntax.Span.End && use.Syntax.SpanStart < wait.Syntax.SpanStart && use.Parent is not ISimpleAssignmentOperation && use.Parent is not IInvocationOperation { TargetMethod.Name: "Add" or "Start" }));

        private static bool Mentions(IOperation? code, ISymbol gate) => code is not null && code.Descendants().Any(o => IsVariable(o, gate));

        /// <summary>Something is put into the array or list.</summary>
        private static bool IsStore(IOperation group) => group.Parent is IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation } or IInvocationOperation { TargetMethod.Name: "Add" } or ISimpleAssignmentOperation;

        private static bool IsLook(IOperation use) => use.Parent is IPropertyReferenceOperation or INameOfOperation;

        private static bool IsVariable(IOperation operation, ISymbol variable) => operation is ILocalReferenceOperation or IFieldReferenceOperation && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(operation), variable);
    }
}
