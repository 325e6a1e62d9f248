using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A call that throws because the queue has been completed before it in every run that comes to it.</summary>
/// <param name="At">The call, or the call of the helper that makes it.</param>
/// <param name="Inner">The call itself.</param>
/// <param name="Completion">What completes the queue, in this body.</param>
/// <param name="Queue">The queue.</param>
internal sealed record LateUse(IOperation At, IInvocationOperation Inner, IOperation Completion, AccessPath Queue)
{
    /// <summary>The late calls of the body, those of work it starts behind the completion with them.</summary>
    public static IEnumerable<LateUse> In(BodyFacts body)
    {
        if ((body.Contents & BodyContents.Queues) == 0 && (TreeGate.WordsOf(body.Root.Syntax.SyntaxTree, body.Model, body.Cancellation) & BodyContents.Queues) == 0)
        {
            yield break;
        }

        var search = new Search(body);
        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (search.Puts(call) is { } put && search.CompletionBefore(call, put.Queue) is { } completion)
            {
                yield return new LateUse(call, put.Inner, completion, put.Queue);
            }
        }
    }

    private sealed class Search(BodyFacts body)
    {
        private readonly Dictionary<ISymbol, bool> _fixed = new(SymbolEqualityComparer.Default);

        /// <summary>The call that throws on a completed queue: this one, or the first that is certain in a helper of the file.</summary>
        public (IInvocationOperation Inner, AccessPath Queue)? Puts(IInvocationOperation call, int depth = 0)
        {
            if (QueueModels.ActionOf(call, body.Model.Types) is QueueAction.Put or QueueAction.CompleteOnce)
            {
                return PlaceOf(call.Instance) is { } queue && IsFixed(queue) ? (call, queue) : null;
            }

            if (depth >= Limits.CallDepth || IsStatement(call) is not { } || ForkWrites.SourceOf(call.TargetMethod, body) is not { } source || BodyOf(source) is not { } list || AsksWhetherComplete(source))
            {
                return null;
            }

            foreach (var statement in list.TakeWhile(static s => s is IExpressionStatementOperation or IVariableDeclarationGroupOperation))
            {
                if (Called(statement) is { } inner && Puts(inner, depth + 1) is { } put && Outside(put.Queue, call) is { } seen)
                {
                    return (put.Inner, seen);
                }
            }

            return null;
        }

        /// <summary>What completes the queue before <paramref name="late"/> in every run that comes to it; null when that is not certain, or the code is prepared for it.</summary>
        public IOperation? CompletionBefore(IOperation late, AccessPath queue)
        {
            for (var at = late; at.Parent is { } parent; at = parent)
            {
                switch (parent)
                {
                    case IAnonymousFunctionOperation lambda when ForkOf(lambda) is { } fork:
                        parent = fork;
                        break;
                    case IAnonymousFunctionOperation or ILocalFunctionOperation or IMethodBodyBaseOperation:
                        return null;
                    case ITryOperation attempt:
                        if (at == attempt.Body && attempt.Catches.Any(Handles))
                        {
                            return null;
                        }

                        if (at == attempt.Finally && CompletionIn(attempt.Body, queue, 0) is { } tried)
                        {
                            return tried;
                        }

                        break;
                    case IConditionalOperation choice when at != choice.Condition && !IsPlain(choice.Condition):
                    case IWhileLoopOperation { Condition: { } condition } when at != condition && !IsPlain(condition):
                    case ISwitchOperation or ISwitchExpressionOperation:
                        return null;
                }

                var list = StraightLine.Siblings(at);
                foreach (var before in list.Take(list.IndexOf(at)).Reverse())
                {
                    if (Writes(before, queue) || AsksWhetherComplete(before))
                    {
                        return null;
                    }

                    if (CompletionIn(before, queue, 0) is { } found)
                    {
                        return found;
                    }
                }
            }

            return null;
        }

        /// <summary>The call within the statement that completes the queue whenever the statement comes to its end.</summary>
        private IOperation? CompletionIn(IOperation? statement, AccessPath queue, int depth)
        {
            switch (statement)
            {
                case IBlockOperation block:
                    return FirstIn(block.Operations, queue, depth);
                case IUsingOperation scope:
                    return CompletionIn(scope.Body, queue, depth);
                case ILockOperation locked:
                    return CompletionIn(locked.Body, queue, depth);
                case ITryOperation attempt:
                    return CompletionIn(attempt.Finally, queue, depth) ?? (attempt.Catches.IsEmpty ? CompletionIn(attempt.Body, queue, depth) : null);
                case IConditionalOperation { WhenFalse: { } other } choice:
                    return CompletionIn(other, queue, depth) is null ? null : CompletionIn(choice.WhenTrue, queue, depth);
                case IExpressionStatementOperation when Called(statement) is { } call:
                    if (QueueModels.ActionOf(call, body.Model.Types) is QueueAction.Complete or QueueAction.CompleteOnce)
                    {
                        return queue.Equals(PlaceOf(call.Instance)) ? call : null;
                    }

                    return depth < Limits.CallDepth && Inside(queue, call).ToList() is { Count: > 0 } names && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && BodyOf(source) is { } list &&
                        names.Any(name => FirstIn(list, name, depth + 1) is { } inner && !GateCount.ReturnsEarly(source, inner.Syntax)) ? call : null;
                default:
                    return null;
            }
        }

        private IOperation? FirstIn(ImmutableArray<IOperation> list, AccessPath queue, int depth)
        {
            IOperation? found = null;
            foreach (var statement in list)
            {
                found = Writes(statement, queue) ? null : found ?? CompletionIn(statement, queue, depth);
            }

            return found;
        }

        /// <summary>The variable of a queue; a writer stands for its channel, also where a local keeps it. Elements have no name here: those of one array are many queues.</summary>
        private AccessPath? PlaceOf(IOperation? receiver)
        {
            var queue = ChannelModels.ChannelOf(receiver, body.Model.Types);
            if (queue is ILocalReferenceOperation local && ChannelModels.IsWriter(local.Type, body.Model.Types) && ChannelModels.ChannelOf(Locals.OnlyValue(local.Local, body.Root), body.Model.Types) is { } channel)
            {
                queue = SharedPlace.Of(channel) is null ? queue : channel;
            }

            return queue is null || queue.DescendantsAndSelf().Any(static o => o is IArrayElementReferenceOperation) ? null : SharedPlace.Of(queue);
        }

        /// <summary>Whether nothing else comes into the variable while the body runs: a local or parameter, whose writes are seen, or fields and properties that only constructors set.</summary>
        private bool IsFixed(AccessPath queue) => (queue.Root != PathRoot.Static || IsFixed(queue.Symbol!)) && queue.Steps.All(step => step.Member is { } member && IsFixed(member));

        private bool IsFixed(ISymbol member)
        {
            if (!_fixed.TryGetValue(member, out var isFixed))
            {
                isFixed = member switch
                {
                    IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IPropertySymbol { SetMethod.IsInitOnly: true } => true,
                    IFieldSymbol { DeclaredAccessibility: Accessibility.Private } when member.DeclaringSyntaxReferences.Length == 1 =>
                        Assignments.After(member, member.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation)).All(static value => value.FirstAncestorOrSelf<MemberDeclarationSyntax>() is ConstructorDeclarationSyntax),
                    _ => false,
                };
                _fixed.Add(member, isFixed);
            }

            return isFixed;
        }

        /// <summary>The helper's names for the queue.</summary>
        private IEnumerable<AccessPath> Inside(AccessPath queue, IInvocationOperation call)
        {
            if (queue.Root is PathRoot.Static || IsLocalFunction(call) || queue.Root == PathRoot.This && call.Instance is IInstanceReferenceOperation)
            {
                yield return queue;
            }

            foreach (var argument in call.Arguments.Where(a => a.Parameter is { RefKind: RefKind.None } && queue.Equals(PlaceOf(a.Value))))
            {
                yield return new AccessPath(PathRoot.Parameter, call.TargetMethod.OriginalDefinition.Parameters[argument.Parameter!.Ordinal], ImmutableArray<PathStep>.Empty);
            }
        }

        private static bool IsLocalFunction(IInvocationOperation call) => call.TargetMethod is { MethodKind: MethodKind.LocalFunction, IsStatic: false };

        /// <summary>The caller's name for a queue of the helper.</summary>
        private AccessPath? Outside(AccessPath queue, IInvocationOperation call) => queue.Root switch
        {
            PathRoot.Static => queue,
            PathRoot.This => call.Instance is IInstanceReferenceOperation || IsLocalFunction(call) ? queue : null,
            PathRoot.Parameter when queue.Steps.IsEmpty && call.Arguments.FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.OriginalDefinition, queue.Symbol)) is { } argument => PlaceOf(argument.Value),
            PathRoot.Parameter or PathRoot.Local when IsLocalFunction(call) && !SymbolEqualityComparer.Default.Equals(queue.Symbol!.ContainingSymbol, call.TargetMethod.OriginalDefinition) => queue,
            _ => null,
        };

        /// <summary>The call of a statement that does nothing else, also where it is awaited.</summary>
        private static IInvocationOperation? Called(IOperation statement)
        {
            var operation = (statement as IExpressionStatementOperation)?.Operation;
            operation = operation is ISimpleAssignmentOperation { Target: IDiscardOperation } dropped ? dropped.Value : operation;
            operation = operation is IAwaitOperation wait ? wait.Operation : operation;
            return operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: IInvocationOperation inner } ? inner : operation as IInvocationOperation;
        }

        private static IOperation? IsStatement(IInvocationOperation call) => call.Parent is IExpressionStatementOperation or IAwaitOperation { Parent: IExpressionStatementOperation } ? call : null;

        private static ImmutableArray<IOperation>? BodyOf(IOperation source) => source switch
        {
            IMethodBodyOperation { BlockBody: { } block } => block.Operations,
            IMethodBodyOperation { ExpressionBody: { } arrow } => arrow.Operations,
            ILocalFunctionOperation { Body: { } block } => block.Operations,
            _ => null,
        };

        /// <summary>The fork that the lambda is given to: its body runs behind what stands before the fork.</summary>
        private IOperation? ForkOf(IAnonymousFunctionOperation lambda)
        {
            IOperation up = lambda;
            while (up.Parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
            {
                up = up.Parent;
            }

            return up.Parent is { } fork && body.ForkCalls.Contains(fork) ? fork : null;
        }

        private bool Handles(ICatchClauseOperation clause) => clause.ExceptionType is not { } type || type.SpecialType == SpecialType.System_Object ||
            type.Name is "Exception" or "SystemException" or "InvalidOperationException" or "ChannelClosedException" or "ObjectDisposedException";

        /// <summary>A condition on values at hand: nothing that the end of the queue may have changed.</summary>
        private static bool IsPlain(IOperation condition) => condition.DescendantsAndSelf().All(static o => o switch
        {
            IInvocationOperation call => call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && call.Instance is not { Type.Name: "CancellationToken" },
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member is IFieldSymbol { IsConst: true },
            IPropertyReferenceOperation property => property.Property.Name is not ("IsAddingCompleted" or "IsCompleted" or "IsCancellationRequested"),
            _ => true,
        });

        private static bool AsksWhetherComplete(IOperation code) => code.DescendantsAndSelf().Any(static o => o is IPropertyReferenceOperation { Property.Name: "IsAddingCompleted" or "IsCompleted" });

        private bool Writes(IOperation code, AccessPath queue) => code.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation && StraightLine.IsTarget(o) &&
            VariablePath.Of(o) is { } target && VariablePath.Variable(target) is { } variable && queue.DependsOn(variable));
    }
}
