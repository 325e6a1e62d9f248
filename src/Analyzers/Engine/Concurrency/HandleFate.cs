using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether anything starts what a variable keeps: only where every use is seen and none hands the thread or task to other code.</summary>
internal static class HandleFate
{
    /// <summary>Whether nothing starts the thread or task in the variable, or any of those in the array or list, and the code does not wait to see what becomes of that.</summary>
    public static bool IsNeverStarted(ISymbol variable, bool isGroup, BodyFacts body) =>
        HandleUses.Of(variable, body) is { } uses && uses.All(use => isGroup ? LeavesGroup(use, body) : Leaves(use, body)) && !AssertedFailures.In(body).Any(asserted => uses.Any(use => asserted.Contains(use.Syntax.Span)));

    /// <summary>Whether the use of a handle neither starts it nor hands it on.</summary>
    private static bool Leaves(IOperation use, BodyFacts body) => use.Parent switch
    {
        ISimpleAssignmentOperation assignment => IsStoredOnly(assignment, use),
        IInvocationOperation call when call.Instance == use => Leaves(call),
        IPropertyReferenceOperation or INameOfOperation or IAwaitOperation or IBinaryOperation or IConversionOperation { Parent: IBinaryOperation } => true,
        IIsPatternOperation test => GivesNoName(test),
        IConversionOperation { Parent: IIsPatternOperation test } => GivesNoName(test),
        IConditionalAccessOperation access when access.Operation == use => access.WhenNotNull is IPropertyReferenceOperation || (access.WhenNotNull is IInvocationOperation call && Leaves(call)),
        IArgumentOperation when HandleUses.GroupOf(use) is { } group => group is ILocalSymbol && IsNeverStarted(group, isGroup: true, body),
        _ => IsOnlyAwaited(use, body),
    };

    /// <summary><c>Task.WhenAll(a, b)</c> and its like, which start nothing.</summary>
    private static bool IsOnlyAwaited(IOperation use, BodyFacts body) =>
        HandleUses.GivenTo(use) is { TargetMethod: { Name: "WhenAll" or "WaitAll" or "WhenAny" or "WaitAny", ContainingType: var type } } && KnownType.Is(type, body.Model.Types.Task);

    /// <summary><c>t is { } found</c> makes another name for the thread.</summary>
    private static bool GivesNoName(IIsPatternOperation test) => !test.Pattern.DescendantsAndSelf().Any(static p => p is IDeclarationPatternOperation or IRecursivePatternOperation { DeclaredSymbol: not null });

    private static bool Leaves(IInvocationOperation call) => call.TargetMethod.Name is not ("Start" or "UnsafeStart" or "RunSynchronously") &&
        call.TargetMethod.ContainingType?.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Threading.Tasks";

    /// <summary>The variable gets a value that goes nowhere else: the assignment itself may be started, as in <c>(_t = new Thread(…)).Start()</c>.</summary>
    private static bool IsStoredOnly(ISimpleAssignmentOperation assignment, IOperation use) =>
        assignment.Target == use && assignment.Parent is IExpressionStatementOperation or IObjectOrCollectionInitializerOperation;

    private static bool LeavesGroup(IOperation use, BodyFacts body) => use.Parent switch
    {
        ISimpleAssignmentOperation assignment => IsStoredOnly(assignment, use),
        IArrayElementReferenceOperation element => Leaves(element, body),
        IPropertyReferenceOperation { Property.IsIndexer: true } item => Leaves(item, body),
        IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "Capacity" } or INameOfOperation => true,
        IInvocationOperation { TargetMethod.Name: "Add" or "Clear" or "Contains" or "Enqueue" or "Push" } call => call.Instance == use,
        IForEachLoopOperation loop => LeavesEach(loop, body),
        IConversionOperation { Parent: IForEachLoopOperation loop } => LeavesEach(loop, body),
        _ => IsOnlyAwaited(use, body),
    };

    private static bool LeavesEach(IForEachLoopOperation loop, BodyFacts body) => loop.Locals.Length == 1 && IsNeverStarted(loop.Locals[0], isGroup: false, body);
}
