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
        IInvocationOperation call => !call.IsImplicit && !IsHarmless(call.TargetMethod),
        IObjectCreationOperation creation => !creation.IsImplicit && !IsHarmless(creation),
        IAwaitOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation => true,
        _ => false,
    };

    private bool IsHarmless(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type is null || type.SpecialType == SpecialType.System_Object || Is(type, _types.Interlocked) || Is(type, _types.Volatile) || Is(type, _types.Math) || Is(type, _types.Debug) ||
               (method.Name is "Pulse" or "PulseAll" && Is(type, _types.Monitor)) ||
               method.Name == "ConfigureAwait" || _options.NonThrowing.Contains(method);
    }

    private bool IsHarmless(IObjectCreationOperation creation) =>
        (creation.Constructor is { } constructor && _options.NonThrowing.Contains(constructor)) ||
        (creation.Arguments.IsEmpty && creation.Initializer is null &&
         (creation.Type is { IsValueType: true } || creation.Constructor is { DeclaringSyntaxReferences.IsEmpty: true }));
}
