using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Options;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Which operations count as able to throw. Calls, creations and awaits do. Property reads, element access, casts and arithmetic do not:
/// they can, but a report built on that would be doubted, and rightly. Out of memory, stack overflow and thread abort never count.
/// </summary>
internal sealed class ThrowModels(WellKnownTypes types, ThreadwiseOptions options)
{
    private readonly WellKnownTypes _types = types;
    private readonly ThreadwiseOptions _options = options;

    public bool MayThrow(IOperation operation) => operation switch
    {
        IInvocationOperation call => !call.IsImplicit && !IsHarmless(call.TargetMethod) && !IsConstantTime(call),
        IObjectCreationOperation creation => !creation.IsImplicit && !IsHarmless(creation),
        IAwaitOperation wait => !NeverFails(wait.Operation),
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation => true,
        _ => false,
    };

    private bool IsHarmless(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type is null || type.SpecialType == SpecialType.System_Object || Is(type, _types.Interlocked) || Is(type, _types.Volatile) || Is(type, _types.Math) || Is(type, _types.Debug) ||
               Is(type, _types.Stopwatch) || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ||
               (method.Name is "Pulse" or "PulseAll" && Is(type, _types.Monitor)) ||
               (method.Name is "Yield" or "FromResult" && Is(type, _types.Task)) ||
               (method.Name is "MemoryBarrier" or "SpinWait" or "Yield" && Is(type, _types.Thread)) ||
               (method.Name == "NewGuid" && Is(type, _types.Guid)) ||
               (method.Name is "KeepAlive" or "SuppressFinalize" && Is(type, _types.GC)) ||
               (method.Name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" && type.SpecialType == SpecialType.System_String) ||
               method.Name == "ConfigureAwait" || _options.NonThrowing.Contains(method);
    }

    /// <summary><c>TimeSpan.FromSeconds(5)</c>.</summary>
    private bool IsConstantTime(IInvocationOperation call) => Is(call.TargetMethod.ContainingType, _types.TimeSpan) &&
        call.Arguments.All(static a => a.Value.ConstantValue.HasValue);

    /// <summary>A task that is plainly finished and well, or only gives others a turn.</summary>
    private bool NeverFails(IOperation task) => task is IInvocationOperation { TargetMethod: { Name: "Yield" } yield } ? Is(yield.ContainingType, _types.Task)
        : task is not IInvocationOperation { TargetMethod.Name: "FromException" or "FromCanceled" or "ConfigureAwait" } && TaskModels.IsFinished(task, _types);

    private bool IsHarmless(IObjectCreationOperation creation) =>
        (creation.Constructor is { } constructor && _options.NonThrowing.Contains(constructor)) ||
        (creation.Arguments.IsEmpty && creation.Initializer is null &&
         (creation.Type is { IsValueType: true } || creation.Constructor is { DeclaringSyntaxReferences.IsEmpty: true }));
}
