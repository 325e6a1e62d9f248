using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>A task that the pool's own scheduler runs: <c>Task.Run</c>, or <c>StartNew</c> of <c>Task.Factory</c> without another scheduler.</summary>
/// <param name="IsLongRunning">It asks for a thread of its own.</param>
/// <param name="IsUnwrapped">The task inside of it is taken out on the spot.</param>
/// <param name="FitsRun">A <c>Task.Run</c> of the same body does the same but for the thread: no state, no attached children.</param>
internal readonly record struct PoolTask(bool IsLongRunning, bool IsUnwrapped, bool FitsRun)
{
    private const int LongRunning = 2;
    private const int AttachedToParent = 4;

    /// <summary>What the call starts, or null for a call that is none, and where options or scheduler are not known.</summary>
    public static PoolTask? Of(IInvocationOperation call, WellKnownTypes types)
    {
        switch (ForkModels.KindOf(call.TargetMethod, types))
        {
            case ForkKind.TaskRun:
                return new PoolTask(false, false, true);
            case ForkKind.StartNew when call.Instance is IPropertyReferenceOperation { Property: { Name: "Factory", IsStatic: true } factory } && TaskModels.IsReferenceTask(factory.ContainingType, types):
                var options = call.Arguments.FirstOrDefault(static a => a.Parameter?.Type.Name == "TaskCreationOptions")?.Value;
                var scheduler = call.Arguments.FirstOrDefault(static a => a.Parameter?.Type.Name == "TaskScheduler")?.Value;
                if (options is not (null or { ConstantValue.HasValue: true }) || scheduler is not (null or IPropertyReferenceOperation { Property: { Name: "Default" or "Current", IsStatic: true } }))
                {
                    return null;
                }

                var flags = (int)(options?.ConstantValue.Value ?? 0);
                var isUnwrapped = call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Unwrap" } unwrap } } && Is(unwrap.ContainingType, types.TaskExtensions);
                return new PoolTask((flags & LongRunning) != 0, isUnwrapped, (flags & AttachedToParent) == 0 && call.Arguments.All(static a => a.Parameter?.Name != "state"));
            default:
                return null;
        }
    }
}
