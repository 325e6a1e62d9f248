using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Members that bring an object to its end, where work that was running on purpose must come to its own: a disposal, the stop of a hosted service, what a disposal calls, and members
/// that cancel, set a flag or dispose of the queue beside the wait. Any other member that waits may do so for the life of the program.
/// </summary>
internal static class MemberEnds
{
    /// <summary>Whether the wait for the consumer of <paramref name="queue"/> stands in such a member.</summary>
    public static bool IsEnd(IOperation wait, ISymbol queue, BodyFacts body)
    {
        var member = wait.AncestorsAndSelf().Last();
        return OwnRuns.MethodOf(member, body) is { } method && (Ends(method) || member.Descendants().Any(o => IsLastStep(o, wait, queue)) || IsCalledByEnd(method, body));
    }

    private static bool Ends(IMethodSymbol method) => DisposalModels.EndsObject(method) ||
        method.Name == "StopAsync" && method.ContainingType.AllInterfaces.Any(static i => i.Name == "IHostedService");

    private static bool IsCalledByEnd(IMethodSymbol method, BodyFacts body) => method.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(Ends).Any(end => ForkWrites.SourceOf(end, body) is { } source &&
        source.Descendants().Any(o => o is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method)));

    /// <summary>A flag is set or a token cancelled before the wait, or the queue disposed of behind it.</summary>
    private static bool IsLastStep(IOperation operation, IOperation wait, ISymbol queue) => operation switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field.Type.SpecialType: SpecialType.System_Boolean }, Value.ConstantValue.HasValue: true } => operation.Syntax.SpanStart < wait.Syntax.SpanStart,
        IInvocationOperation { TargetMethod: { Name: "Cancel" or "CancelAsync", ContainingType.Name: "CancellationTokenSource" } } => operation.Syntax.SpanStart < wait.Syntax.SpanStart,
        IInvocationOperation { TargetMethod.Name: "Dispose", Instance: { } disposed } => operation.Syntax.SpanStart > wait.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(disposed), queue),
        _ => false,
    };
}
