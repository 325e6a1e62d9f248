using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Timers whose ticks come on threads of the pool, whether or not the last one has ended: those of <c>System.Threading</c>, of a <c>TimeProvider</c> and of <c>System.Timers</c>.</summary>
internal static class TimerModels
{
    /// <summary>The argument that says how often the timer ticks; null where it ticks once at most, or never before it is changed. The same of a call that changes it.</summary>
    public static IArgumentOperation? PeriodOf(IOperation creation)
    {
        var arguments = creation is IInvocationOperation { TargetMethod.Name: "Change" } change ? change.Arguments : ForkModels.PartsOf(creation).Arguments;
        var period = arguments.FirstOrDefault(static a => a.Parameter?.Name == "period");
        return period is null || Timeouts.Of(period.Value) is TimeoutLength.Zero or TimeoutLength.Infinite || period.Value.DescendantsAndSelf().Any(static o => o is IFieldReferenceOperation { Field: { Name: "Infinite" or "InfiniteTimeSpan", ContainingType.Name: "Timeout" } }) ? null : period;
    }

    /// <summary>Whether a timer ticks, as its creation says, without another call.</summary>
    public static bool MayTick(IOperation creation) => ForkModels.PartsOf(creation).Arguments.FirstOrDefault(static a => a.Parameter?.Name == "dueTime") is { } due && Timeouts.Of(due.Value) is TimeoutLength.Zero or TimeoutLength.Finite;

    /// <summary>Whether the operation stops the timer, changes when it ticks, or disposes of it.</summary>
    public static bool Controls(IOperation operation, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Change" or "Stop" or "Start" or "Dispose" or "DisposeAsync" or "Close" }, Instance.Type: var type } => IsTimer(type, types),
        IPropertyReferenceOperation { Property: { Name: "Enabled" or "AutoReset" or "Interval", ContainingType: var type } } => IsTimer(type, types),
        _ => false,
    };

    /// <summary>Whether the setting makes the timer tick once, or on the thread of somebody.</summary>
    public static bool KeepsApart(IPropertyReferenceOperation property, WellKnownTypes types) => Is(property.Property.ContainingType, types.EventTimer) && property.Property.Name is "AutoReset" or "SynchronizingObject";

    /// <summary>The wait for the next tick of a <c>PeriodicTimer</c>, which the time ends and no other thread.</summary>
    public static bool IsTick(IMethodSymbol method) => method is { Name: "WaitForNextTickAsync", ContainingType: { Name: "PeriodicTimer", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } };

    public static bool IsTimer(ITypeSymbol? type, WellKnownTypes types) => Is(type, types.Timer) || Is(type, types.ProvidedTimer) || Is(type, types.EventTimer);
}
