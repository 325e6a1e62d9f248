using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
               (method.Name is "GetHashCode" or "Equals" or "CompareTo" && IsPlainValue(type)) ||
               (method.Name is "ToUnixTimeMilliseconds" or "ToUnixTimeSeconds" && type.Name == "DateTimeOffset" && type.ContainingNamespace.Name == "System") ||
               (method.Name is "DoubleToInt64Bits" or "Int64BitsToDouble" or "SingleToInt32Bits" or "Int32BitsToSingle" && type.Name == "BitConverter" && type.ContainingNamespace.Name == "System") ||
               (method.Name is "TrySetResult" or "TrySetException" or "TrySetCanceled" && IsPromise(type)) ||
               (method.Name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" && type.SpecialType == SpecialType.System_String) ||
               method.Name == "ConfigureAwait" || _options.NonThrowing.Contains(method);
    }

    /// <summary>A number, a text, a time or an identifier, none of which runs code of others.</summary>
    private bool IsPlainValue(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or SpecialType.System_DateTime or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) || Is(type, _types.Guid) || Is(type, _types.TimeSpan);

    /// <summary>Continuations keep their exceptions in their own tasks.</summary>
    private bool IsPromise(ITypeSymbol? type) => Is(type, _types.TaskCompletionSource) || Is(type, _types.TaskCompletionSourceOfT);

    /// <summary>The constructor of a type without a base, which keeps its arguments and does nothing else.</summary>
    private static bool MerelyKeeps(IMethodSymbol? constructor) =>
        constructor is { ContainingType: { BaseType.SpecialType: SpecialType.System_Object or SpecialType.System_ValueType, DeclaringSyntaxReferences: var parts }, DeclaringSyntaxReferences: { Length: 1 } declarations } &&
        parts.All(part => part.GetSyntax() is TypeDeclarationSyntax type && type.Members.All(m => KeepsAtMost(m, constructor))) &&
        declarations[0].GetSyntax() switch
        {
            TypeDeclarationSyntax { ParameterList: not null } => true,
            ConstructorDeclarationSyntax { Initializer: null } written =>
                written.ExpressionBody is { Expression: var only }
                    ? IsKept(only, constructor)
                    : written.Body is { Statements: var statements } && statements.All(s => s is ExpressionStatementSyntax { Expression: var one } && IsKept(one, constructor)),
            _ => false,
        };

    private static bool KeepsAtMost(MemberDeclarationSyntax member, IMethodSymbol constructor) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.All(v => IsGiven(v.Initializer?.Value, constructor)),
        PropertyDeclarationSyntax property => IsGiven(property.Initializer?.Value, constructor),
        _ => true,
    };

    private static bool IsGiven(ExpressionSyntax? value, IMethodSymbol constructor) =>
        value is null or LiteralExpressionSyntax || (value is IdentifierNameSyntax { Identifier.ValueText: var name } && constructor.Parameters.Any(p => p.Name == name));

    /// <summary>A parameter is stored in a field, or in a property that is no more than one.</summary>
    private static bool IsKept(ExpressionSyntax expression, IMethodSymbol constructor) =>
        expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var target, Right: var value } && IsGiven(value, constructor) &&
        (target is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } ? name : target as SimpleNameSyntax) is { Identifier.ValueText: var kept } &&
        constructor.ContainingType.GetMembers(kept).Any(static m => m is IFieldSymbol or IPropertySymbol { SetMethod: null });

    /// <summary><c>TimeSpan.FromSeconds(5)</c>.</summary>
    private bool IsConstantTime(IInvocationOperation call) => Is(call.TargetMethod.ContainingType, _types.TimeSpan) &&
        call.Arguments.All(static a => a.Value.ConstantValue.HasValue);

    /// <summary>A task that is plainly finished and well, or only gives others a turn.</summary>
    private bool NeverFails(IOperation task) => task is IInvocationOperation { TargetMethod: { Name: "Yield" } yield } ? Is(yield.ContainingType, _types.Task)
        : task is not IInvocationOperation { TargetMethod.Name: "FromException" or "FromCanceled" or "ConfigureAwait" } && TaskModels.IsFinished(task, _types);

    private bool IsHarmless(IObjectCreationOperation creation) =>
        (creation.Constructor is { } constructor && _options.NonThrowing.Contains(constructor)) ||
        (creation.Initializer is null && (IsPromise(creation.Type) || MerelyKeeps(creation.Constructor))) ||
        (creation.Arguments.IsEmpty && creation.Initializer is null &&
         (creation.Type is { IsValueType: true } || creation.Constructor is { DeclaringSyntaxReferences.IsEmpty: true }));
}
