using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>What calls of a query, parallel or not, do to the order of its elements.</summary>
internal static class OrderModels
{
    /// <summary>Whether the call makes a parallel query of a sequence, whose order is lost unless it is asked for.</summary>
    public static bool IsParallelSource(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod.Name is "AsParallel" or "Range" && Is(call.TargetMethod.ContainingType, types.ParallelEnumerable);

    /// <summary>Whether from the call on the order is that in which work ends: of a parallel query, which may be written as a query expression, or of tasks taken one by one.</summary>
    public static bool LosesOrder(IInvocationOperation call, WellKnownTypes types) => IsParallelSource(call, types) || (call.TargetMethod.Name is "WhenAny" or "WhenEach" && Is(call.TargetMethod.ContainingType, types.Task));

    /// <summary>Whether each element of what the call gives stands for one of what it is called on, in no other order.</summary>
    public static bool KeepsPlaces(IInvocationOperation call, WellKnownTypes types) => Is(call.TargetMethod.ContainingType, types.ParallelEnumerable)
        ? call.TargetMethod.Name is "AsUnordered" or "WithCancellation" or "WithDegreeOfParallelism" or "WithExecutionMode" or "WithMergeOptions" or "AsEnumerable" or "AsSequential" || (call.TargetMethod.Name is "Select" && !HasIndex(call)) || Holds(call)
        : Is(call.TargetMethod.ContainingType, types.Enumerable) ? call.TargetMethod.Name is "AsEnumerable" or "Select" || Holds(call)
        : call.TargetMethod is { Name: "ToArray", Parameters.IsEmpty: true, ReturnType: IArrayTypeSymbol } && call.Instance is not null;

    /// <summary>Pairs the elements of two sequences by their places.</summary>
    public static bool IsZip(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod.Name == "Zip" && (Is(call.TargetMethod.ContainingType, types.Enumerable) || Is(call.TargetMethod.ContainingType, types.ParallelEnumerable));

    /// <summary>Asks for elements by their places from the one end or the other.</summary>
    public static bool AsksForPlace(IInvocationOperation call, WellKnownTypes types) =>
        call.TargetMethod.Name is "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" or "Take" or "Skip" && Is(call.TargetMethod.ContainingType, types.ParallelEnumerable);

    /// <summary>A sequence that somebody has put into an order.</summary>
    public static bool IsSorted(IOperation? sequence, WellKnownTypes types) => Conversions.WithoutBuiltIn(sequence) is IInvocationOperation { TargetMethod: { Name: "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" } method } && Is(method.ContainingType, types.Enumerable);

    /// <summary>The container that the operation puts one more element into, where it may be one that several threads fill; the channel of a writer.</summary>
    public static IOperation? FilledBy(IOperation operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { Instance: { } container, TargetMethod: { Name: "Add" or "Enqueue" or "Push", Parameters.Length: 1, ContainingType: var type } } when QueueModels.IsPolled(type, types) || Is(type, types.List) || Is(type, types.BlockingCollection) => container,
        IInvocationOperation { Instance: { } writer, TargetMethod: { Name: "WriteAsync" or "TryWrite", ContainingType: var type } } when Is(type, types.ChannelWriter) => ChannelModels.ChannelOf(writer, types),
        IInvocationOperation { Instance: { } map, TargetMethod: { Name: "TryAdd", ContainingType: var type } } when ConcurrentCollections.IsDictionary(type) => map,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: var type }, Instance: { } map } } when ConcurrentCollections.IsDictionary(type) => map,
        _ => null,
    };

    /// <summary>The container whose elements the operation gives in the order in which they came in, or in none: what is taken from a queue, the values of a map.</summary>
    public static IOperation? ContentsOf(IOperation? operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { Instance: { } queue, TargetMethod.Name: "GetConsumingEnumerable" } call when Is(call.TargetMethod.ContainingType, types.BlockingCollection) => queue,
        IInvocationOperation { Instance: { } reader, TargetMethod.Name: "ReadAllAsync" } call when Is(call.TargetMethod.ContainingType, types.ChannelReader) =>
            Conversions.WithoutBuiltIn(reader) is IPropertyReferenceOperation { Property.Name: "Reader", Instance: { } channel } ? channel : null,
        IPropertyReferenceOperation { Property: { Name: "Values" or "Keys", ContainingType: var type }, Instance: { } map } when ConcurrentCollections.IsDictionary(type) => map,
        _ => null,
    };

    /// <summary>Whether the indexer asks a map for what stands under a key: each result has a slot of its own there, whatever came in before it.</summary>
    public static bool IsLookup(IPropertyReferenceOperation item) => IsMap(item.Property.ContainingType) || item.Property.ContainingType.AllInterfaces.Any(IsMap);

    /// <summary>The lambda of a <c>Select</c> over a plain sequence that is given the number of each element.</summary>
    public static IAnonymousFunctionOperation? Numbering(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod.Name == "Select" && Is(call.TargetMethod.ContainingType, types.Enumerable) && HasIndex(call)
        ? ((IDelegateCreationOperation)call.Arguments.Last().Value).Target as IAnonymousFunctionOperation : null;

    private static bool IsMap(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Interface, Arity: 2, Name: "IDictionary" or "IReadOnlyDictionary", ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } };

    private static bool Holds(IInvocationOperation call) => call.TargetMethod.Name is "ToArray" or "ToList";

    private static bool HasIndex(IInvocationOperation call) => call.Arguments.Last().Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters.Length: > 1 } };
}
