using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Results of work that ends in any order, matched with its inputs by their places.</summary>
/// <param name="At">The use by position.</param>
/// <param name="Origins">What makes the results and loses their order: the start of a parallel query, or what puts an element into the container.</param>
/// <param name="IsQuery">They come from a parallel query, which can be told to keep the order.</param>
internal sealed record AssumedOrder(IOperation At, ImmutableArray<IOperation> Origins, bool IsQuery)
{
    /// <summary>
    /// How the number of inputs is asked for (<c>Length</c>, <c>Count</c>), where each round of one parallel loop puts one result into a collection of the body, so that an array could take its place; else null.
    /// </summary>
    public string? Slots(BodyFacts body)
    {
        if (IsQuery || Origins.Length != 1 || Origins[0] is not IInvocationOperation { Instance: ILocalReferenceOperation { Local: var results } } add || add.Instance.Type?.Name is not ("ConcurrentBag" or "ConcurrentQueue" or "ConcurrentStack") ||
            Conversions.WithoutBuiltIn(Locals.OnlyValue(results, body.Root)) is not IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } ||
            add.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation) is not IAnonymousFunctionOperation lambda || !GateCount.IsCertain(add, lambda) || GateCount.ReturnsEarly(lambda, add.Syntax) ||
            OwnRuns.Taker(lambda) is not IInvocationOperation loop || ForkModels.KindOf(loop, body.Model.Types) != ForkKind.ParallelLoop)
        {
            return null;
        }

        var inputs = Conversions.WithoutBuiltIn(loop.Arguments[0].Value)?.Type;
        return (loop.TargetMethod.Name, loop.Arguments.Length) switch
        {
            ("For", 3) => "Length",
            ("ForEach", 2) when inputs is IArrayTypeSymbol => "Length",
            ("ForEach", 2) when inputs is { Name: "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection", ContainingNamespace.Name: "Generic" } => "Count",
            _ => null,
        };
    }

    /// <summary>The uses in the body, in source order, one for each collection of results.</summary>
    public static IEnumerable<AssumedOrder> In(BodyFacts body) => (body.Contents & BodyContents.Forks) == 0 && (TreeGate.WordsOf(body.Root.Syntax.SyntaxTree, body.Model, body.Cancellation) & BodyContents.Unordered) == 0 ? [] : new Search(body).Find().GroupBy(static o => o.Origins[0]).Select(static g => g.First());

    /// <summary>Results with no order: where they come from, and the variables whose elements they stand for.</summary>
    private sealed record Results(ImmutableArray<IOperation> Origins, ImmutableArray<ISymbol> Inputs, bool IsQuery);

    private sealed class Search(BodyFacts body)
    {
        private readonly WellKnownTypes _types = body.Model.Types;
        private readonly Dictionary<ISymbol, Results?> _ofVariable = new(SymbolEqualityComparer.Default);

        public IEnumerable<AssumedOrder> Find()
        {
            foreach (var operation in body.Root.Descendants())
            {
                body.Cancellation.ThrowIfCancellationRequested();
                switch (operation)
                {
                    case IInvocationOperation call when OrderModels.IsZip(call, _types) && call.Arguments.Length > 1:
                        var (first, second) = (Matched(call.Arguments[0].Value, call.Arguments[1].Value), Matched(call.Arguments[1].Value, call.Arguments[0].Value));
                        if ((first ?? second) is { } zipped)
                        {
                            yield return new AssumedOrder(call, first is null || second is null ? zipped.Origins : first.Origins.AddRange(second.Origins), zipped.IsQuery && second?.IsQuery != false);
                        }

                        break;
                    case IInvocationOperation call when OrderModels.AsksForPlace(call, _types) && Of(call.Arguments[0].Value, 0, mayFilter: true) is { IsQuery: true } query &&
                        query.Origins.All(o => o is IInvocationOperation { Arguments: { Length: > 0 } given } && OrderModels.IsSorted(given[0].Value, _types)):
                        yield return new AssumedOrder(call, query.Origins, true);
                        break;
                    case IArrayElementReferenceOperation { Indices.Length: 1 } element when Indexed(element.ArrayReference, element.Indices[0], element) is { } found:
                        yield return new AssumedOrder(element, found.Origins, found.IsQuery);
                        break;
                    case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1, Instance: { } list } item when !OrderModels.IsLookup(item) && Indexed(list, item.Arguments[0].Value, item) is { } found:
                        yield return new AssumedOrder(item, found.Origins, found.IsQuery);
                        break;
                    case IInvocationOperation call when OrderModels.Numbering(call, _types) is { } lambda && Numbered(call, lambda) is var (input, numbered):
                        yield return new AssumedOrder(input, numbered.Origins, numbered.IsQuery);
                        break;
                    case IForEachLoopOperation loop when Counted(loop) is var (element, results):
                        yield return new AssumedOrder(element, results.Origins, results.IsQuery);
                        break;
                    case IInvocationOperation { TargetMethod.Name: "ElementAt" } call when KnownType.Is(call.TargetMethod.ContainingType, _types.Enumerable) && Indexed(call.Arguments[0].Value, call.Arguments[1].Value, call) is { } found:
                        yield return new AssumedOrder(call, found.Origins, found.IsQuery);
                        break;
                }
            }
        }

        /// <summary>The results, if the other sequence is what they were made of.</summary>
        private Results? Matched(IOperation results, IOperation inputs) => Of(results, 0) is { } found && Input(inputs) is { } input && found.Inputs.Contains(input, SymbolEqualityComparer.Default) ? found : null;

        /// <summary>The variable that a sequence is, or is a query over.</summary>
        private ISymbol? Input(IOperation? sequence) => Unwrapped(sequence) is IInvocationOperation { Arguments.Length: > 0 } call && (OrderModels.KeepsPlaces(call, _types) || call.TargetMethod.Name is "AsParallel" or "AsOrdered")
            ? Input(call.Arguments[0].Value) : Variable(sequence);

        /// <summary>The results, if an element of them is asked for by an index that asks for one of the inputs too.</summary>
        private Results? Indexed(IOperation results, IOperation index, IOperation element)
        {
            if (StraightLine.IsTarget(element))
            {
                return null;
            }

            if (Conversions.WithoutBuiltIn(index) is IParameterReferenceOperation { Parameter: { Ordinal: 1 } number })
            {
                return LambdaOf(number, element) is { } lambda && OwnRuns.Taker(lambda) is IInvocationOperation select && OrderModels.Numbering(select, _types) == lambda && Input(select.Arguments[0].Value) is { } source &&
                    Of(results, 0) is { } made && made.Inputs.Contains(source, SymbolEqualityComparer.Default) ? made : null;
            }

            if (Conversions.WithoutBuiltIn(index) is not ILocalReferenceOperation { Local: var local } || Of(results, 0) is not { } found || found.Inputs.IsEmpty)
            {
                return null;
            }

            return Locals.Uses(local, body.Root).Any(use => ElementOf(use) is { } other && Variable(other) is { } input && found.Inputs.Contains(input, SymbolEqualityComparer.Default)) ? found : null;
        }

        private static IAnonymousFunctionOperation? LambdaOf(IParameterSymbol parameter, IOperation within) =>
            within.AncestorsAndSelf().OfType<IAnonymousFunctionOperation>().FirstOrDefault(lambda => SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol));

        /// <summary>The input that a query over the results asks for by the number that each of them is given: <c>results.Select((r, i) => names[i] + r)</c>.</summary>
        private (IOperation Element, Results Results)? Numbered(IInvocationOperation select, IAnonymousFunctionOperation lambda)
        {
            if (Of(select.Arguments[0].Value, 0) is not { Inputs.IsEmpty: false } found)
            {
                return null;
            }

            var element = lambda.Body.Descendants().OfType<IParameterReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Parameter, lambda.Symbol.Parameters[1]))
                .FirstOrDefault(use => ElementOf(use) is { } asked && Variable(asked) is { } input && found.Inputs.Contains(input, SymbolEqualityComparer.Default))?.Parent;
            return element is null ? null : (element is IArgumentOperation { Parent: { } item } ? item : element, found);
        }

        /// <summary>The input that a loop over the results asks for by a number which it counts up itself.</summary>
        private (IOperation Element, Results Results)? Counted(IForEachLoopOperation loop)
        {
            if (Of(loop.Collection, 0) is not { Inputs.IsEmpty: false } found)
            {
                return null;
            }

            foreach (var index in loop.Body.Descendants().OfType<ILocalReferenceOperation>())
            {
                IOperation asked = index.Parent is IIncrementOrDecrementOperation { IsPostfix: true, Kind: OperationKind.Increment } step ? step : index;
                if (ElementOf(asked) is { } other && Variable(other) is { } input && found.Inputs.Contains(input, SymbolEqualityComparer.Default) && !Locals.IsDeclaredIn(index.Local, loop) &&
                    loop.Body.Descendants().OfType<IIncrementOrDecrementOperation>().Count(o => Is(o.Target, index.Local)) == 1 && asked.Parent is { } element)
                {
                    return (element is IArgumentOperation { Parent: { } item } ? item : element, found);
                }
            }

            return null;
        }

        /// <summary>The collection that an index asks.</summary>
        private static IOperation? ElementOf(IOperation index)
        {
            var at = index;
            while (at.Parent is IConversionOperation)
            {
                at = at.Parent;
            }

            return at.Parent switch
            {
                IArrayElementReferenceOperation { Indices.Length: 1 } element when element.Indices[0] == at => element.ArrayReference,
                IArgumentOperation { Parent: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } } => list,
                IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ElementAt" } call } argument when call.Arguments.IndexOf(argument) == 1 => call.Arguments[0].Value,
                _ => null,
            };
        }

        /// <summary>What the expression gives, if that are results with no order.</summary>
        private Results? Of(IOperation? expression, int depth, bool mayFilter = false)
        {
            if (depth > Limits.CallDepth)
            {
                return null;
            }

            switch (Unwrapped(expression))
            {
                case IInvocationOperation call when OrderModels.IsParallelSource(call, _types):
                    return IsOneByOne(call) ? null : new Results(ImmutableArray.Create<IOperation>(call), call.TargetMethod.Name == "Range" ? Numbered(call) : Named(call.Arguments[0].Value), true);
                case IInvocationOperation call when OrderModels.KeepsPlaces(call, _types) || (mayFilter && call.TargetMethod.Name == "Where"):
                    var source = Of(call.Instance ?? call.Arguments[0].Value, depth + 1, mayFilter);
                    return source is not null && IsOneByOne(call) ? null : source;
                case { } contents when OrderModels.ContentsOf(contents, _types) is { } container && HandleUses.VariableOf(container) is { } filled:
                    return Container(filled);
                case IInvocationOperation { Parent: not IExpressionStatementOperation } call when ReturnedBy(call) is { } returned:
                    return Of(returned, depth + 1, mayFilter) is { } made ? made with { Inputs = made.Inputs.Select(input => Outside(input, call)).OfType<ISymbol>().ToImmutableArray() } : null;
                case ILocalReferenceOperation { Local: var local } when !IsSorted(local):
                    return Container(local) ?? (Locals.OnlyValue(local, body.Root) is { } value ? Of(value, depth + 1, mayFilter) : null);
                case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field } when !IsSorted(field):
                    return Container(field);
                default:
                    return null;
            }
        }

        /// <summary>What a method of the file gives back, where that is all it does.</summary>
        private IOperation? ReturnedBy(IInvocationOperation call) => ForkWrites.SourceOf(call.TargetMethod, body) switch
        {
            IMethodBodyOperation { ExpressionBody.Operations: { Length: 1 } only } => (only[0] as IReturnOperation)?.ReturnedValue,
            IMethodBodyOperation { BlockBody.Operations: { Length: 1 } only } => (only[0] as IReturnOperation)?.ReturnedValue,
            ILocalFunctionOperation { Body.Operations: { Length: 1 } only } => (only[0] as IReturnOperation)?.ReturnedValue,
            _ => null,
        };

        /// <summary>The caller's name for an input of a method.</summary>
        private static ISymbol? Outside(ISymbol input, IInvocationOperation call) => input is not IParameterSymbol parameter ? input
            : call.Arguments.FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.OriginalDefinition, parameter.OriginalDefinition)) is { } argument ? Variable(argument.Value) : null;

        /// <summary>The results in a container, where work that ends in any order puts them.</summary>
        private Results? Container(ISymbol variable)
        {
            if (_ofVariable.TryGetValue(variable, out var known))
            {
                return known;
            }

            var origins = ImmutableArray.CreateBuilder<IOperation>();
            var inputs = ImmutableArray.CreateBuilder<ISymbol>();
            foreach (var call in body.Root.Descendants().Where(static o => o is IInvocationOperation or ISimpleAssignmentOperation))
            {
                if (OrderModels.FilledBy(call, _types) is { } container && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(container), variable))
                {
                    if (InputsOf(call) is not { } made)
                    {
                        _ofVariable[variable] = null;
                        return null;
                    }

                    origins.Add(call);
                    inputs.AddRange(made);
                }
            }

            return _ofVariable[variable] = origins.Count == 0 ? null : new Results(origins.ToImmutable(), inputs.ToImmutable(), false);
        }

        /// <summary>The inputs of the work that puts an element into a container; null where it is not sure to end in any order.</summary>
        private ImmutableArray<ISymbol>? InputsOf(IOperation add)
        {
            for (IOperation at = add; at.Parent is { } up; at = up)
            {
                if (up is ILoopOperation loop && IsByCompletion(loop, add))
                {
                    return InputsOfTasks(loop);
                }

                if (up is IForEachLoopOperation each && at == each.Body && OrderModels.ContentsOf(Unwrapped(each.Collection), _types) is not null && Of(each.Collection, 0) is { Inputs.IsEmpty: false } taken)
                {
                    return taken.Inputs;
                }

                if (up is IAnonymousFunctionOperation lambda && ForkAround(lambda) is { } fork)
                {
                    switch (ForkModels.KindOf(fork, _types))
                    {
                        case ForkKind.ParallelLoop when fork.TargetMethod.Name is "ForEach" or "ForEachAsync":
                            return IsOneByOne(fork) ? null : Named(fork.Arguments[0].Value);
                        case ForkKind.ParallelLoop when fork.TargetMethod.Name is "For" or "ForAsync":
                            return IsOneByOne(fork) || lambda.Symbol.Parameters.IsEmpty ? null : IndexedBy(lambda.Symbol.Parameters[0], lambda);
                        case ForkKind.ParallelQuery when fork.TargetMethod.Name == "ForAll":
                            return Of(fork.Arguments[0].Value, 0) is { } query ? query.Inputs : null;
                        case ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem when Rounds.Around(fork) is { } rounds && rounds.AreStartedAtOnce(body) && !IsJoinedInRound(fork):
                            return rounds.Query is { } select ? Named(select.Arguments[0].Value) : InputsOfLoop(rounds.Loop!);
                        default:
                            return null;
                    }
                }
            }

            return null;
        }

        /// <summary>The call that the lambda is given to and that runs it elsewhere; null for any other lambda.</summary>
        private IInvocationOperation? ForkAround(IAnonymousFunctionOperation lambda)
        {
            IOperation at = lambda;
            while (at.Parent is IDelegateCreationOperation or IConversionOperation)
            {
                at = at.Parent;
            }

            return at.Parent is IArgumentOperation { Parent: IInvocationOperation call } && ForkModels.IsFork(call.TargetMethod, _types) ? call : null;
        }

        /// <summary>Each round waits for its own work: it ends in the order in which it is started.</summary>
        private static bool IsJoinedInRound(IOperation fork) => ForkHandle.Of(fork).Home == HandleHome.Joined;

        /// <summary>Whether the loop takes tasks as they come to their ends, and the call stands in it for each.</summary>
        private bool IsByCompletion(ILoopOperation loop, IOperation add) => loop is IForEachLoopOperation { IsAsynchronous: true, Collection: var each } ? Unwrapped(each) is IInvocationOperation { TargetMethod: { Name: "WhenEach" } method } && KnownType.Is(method.ContainingType, _types.Task)
            : loop is IWhileLoopOperation && Operations.OfFunction(loop.Body).Any(o => o is IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "WhenAny" } any, Arguments: { Length: 1 } given } } wait &&
                KnownType.Is(any.ContainingType, _types.Task) && Variable(given[0].Value) is not null && wait.Syntax.SpanStart < add.Syntax.Span.End);

        /// <summary>What the tasks that a loop waits for one by one were made of.</summary>
        private ImmutableArray<ISymbol> InputsOfTasks(ILoopOperation loop)
        {
            var tasks = loop.Descendants().OfType<IInvocationOperation>().First(static c => c.TargetMethod.Name is "WhenAny" or "WhenEach").Arguments[0].Value;
            return Variable(tasks) is ILocalSymbol local && Locals.OnlyValue(local, body.Root) is { } value ? Selected(value) : Selected(tasks);
        }

        /// <summary>The sequence that a query makes one element of each of.</summary>
        private ImmutableArray<ISymbol> Selected(IOperation query) => Unwrapped(query) is IInvocationOperation { Arguments.Length: > 0 } call && OrderModels.KeepsPlaces(call, _types)
            ? call.TargetMethod.Name == "Select" ? Named(call.Arguments[0].Value) : Selected(call.Arguments[0].Value)
            : ImmutableArray<ISymbol>.Empty;

        private ImmutableArray<ISymbol> InputsOfLoop(ILoopOperation loop) => loop switch
        {
            IForEachLoopOperation each => Named(each.Collection),
            IForLoopOperation { Locals: { Length: 1 } counters } => IndexedBy(counters[0], loop),
            _ => ImmutableArray<ISymbol>.Empty,
        };

        /// <summary>The collections whose elements a lambda of the query asks for by its number.</summary>
        private ImmutableArray<ISymbol> Numbered(IInvocationOperation range) => range.AncestorsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(static c => c.TargetMethod.Name == "Select") is { } select &&
            select.Arguments.Last().Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 } lambda } ? IndexedBy(lambda.Symbol.Parameters[0], lambda) : ImmutableArray<ISymbol>.Empty;

        /// <summary>The collections whose elements are asked for by the number, or by a local that is given it.</summary>
        private ImmutableArray<ISymbol> IndexedBy(ISymbol number, IOperation within)
        {
            var copies = within.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => Is(d.GetVariableInitializer()?.Value, number)).Select(static d => (ISymbol)d.Symbol).ToList();
            return within.Descendants().Where(o => Is(o, number) || copies.Any(c => Is(o, c))).Select(static o => ElementOf(o)).Select(Variable).OfType<ISymbol>().ToImmutableArray();
        }

        private static bool Is(IOperation? operation, ISymbol variable) => Conversions.WithoutBuiltIn(operation) switch
        {
            ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
            IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
            _ => false,
        };

        private static ImmutableArray<ISymbol> Named(IOperation sequence) => Variable(sequence) is { } variable ? ImmutableArray.Create(variable) : ImmutableArray<ISymbol>.Empty;

        /// <summary>The local, parameter, field or property of the object at hand that the expression names.</summary>
        private static ISymbol? Variable(IOperation? expression) => Unwrapped(expression) switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member and (IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }) => member.Member,
            _ => null,
        };

        private static IOperation? Unwrapped(IOperation? expression)
        {
            while (Conversions.WithoutAny(expression) is ITranslatedQueryOperation query)
            {
                expression = query.Operation;
            }

            return Conversions.WithoutAny(expression);
        }

        /// <summary>One at a time, by the options or the degree that are written there.</summary>
        private static bool IsOneByOne(IInvocationOperation call) => call.Descendants().Any(static o => o switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" }, Value.ConstantValue: { HasValue: true, Value: 1 } } => true,
            IArgumentOperation { Parameter.Name: "degreeOfParallelism", Value.ConstantValue: { HasValue: true, Value: 1 } } => true,
            _ => false,
        });

        /// <summary>Somebody puts the results into an order: <c>results.Sort(…)</c>, <c>Array.Sort(results, …)</c>.</summary>
        private bool IsSorted(ISymbol variable) => body.Root.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "Sort" } call && (Variable(call.Instance) is { } sorted || (call.Arguments.Length > 0 && (sorted = Variable(call.Arguments[0].Value)) is not null)) && SymbolEqualityComparer.Default.Equals(sorted, variable));
    }
}
