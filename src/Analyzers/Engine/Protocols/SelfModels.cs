using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>How a program asks where it lies itself.</summary>
internal static class SelfModels
{
    /// <summary>Whether the value is the file of the running program.</summary>
    public static bool IsSelf(IOperation? value, int depth)
    {
        if (depth > Limits.CallDepth)
        {
            return false;
        }

        switch (Conversions.WithoutAny(value))
        {
            case IPropertyReferenceOperation { Property: { Name: "ProcessPath", ContainingType.Name: "Environment" } or { Name: "ExecutablePath", ContainingType.Name: "Application" } }:
            case IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessModule" }, Instance: var module } when IsOwnModule(module):
            case IPropertyReferenceOperation { Property: { Name: "Location" or "CodeBase", ContainingType.Name: "Assembly" }, Instance: var assembly } when IsOwnAssembly(assembly):
            case IArrayElementReferenceOperation { ArrayReference: IInvocationOperation { TargetMethod.Name: "GetCommandLineArgs" }, Indices: { Length: 1 } index } when index[0].ConstantValue is { HasValue: true, Value: 0 }:
                return true;
            case IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessModule" } }, Operation: var module }:
                return IsOwnModule(module);
            case ICoalesceOperation either:
                return IsSelf(either.Value, depth + 1);
            case ILocalReferenceOperation { Local: var local } use:
                return IsSelf(Locals.OnlyValue(local, use.AncestorsAndSelf().Last()), depth + 1);
            case IInvocationOperation { TargetMethod: { Name: "ChangeExtension", ContainingType.Name: "Path" }, Arguments: { Length: > 0 } arguments }:
                return IsSelf(arguments[0].Value, depth + 1);
            case IInvocationOperation { TargetMethod: { Name: "Replace", ContainingType.SpecialType: SpecialType.System_String } } replaced:
                return IsSelf(replaced.Instance, depth + 1);
            default:
                return false;
        }
    }

    /// <summary>Whether the call only asks for the program, its process or its assembly.</summary>
    public static bool Asks(IMethodSymbol method) => (method.ContainingType?.Name, method.Name) is ("Environment", "GetCommandLineArgs") or ("Assembly", "GetEntryAssembly" or "GetExecutingAssembly");

    private static bool IsOwnModule(IOperation? module) => Conversions.WithoutAny(module) switch
    {
        IPropertyReferenceOperation { Property.Name: "MainModule", Instance: IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" } } => true,
        IPropertyReferenceOperation { Property.Name: "MainModule", Instance: ILocalReferenceOperation { Local: var local } use } => Locals.OnlyValue(local, use.AncestorsAndSelf().Last()) is IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" },
        _ => false,
    };

    private static bool IsOwnAssembly(IOperation? assembly) => Conversions.WithoutAny(assembly) switch
    {
        IInvocationOperation { TargetMethod.Name: "GetEntryAssembly" or "GetExecutingAssembly" } => true,
        IPropertyReferenceOperation { Property.Name: "Assembly", Instance: ITypeOfOperation { TypeOperand: var type } } => !type.DeclaringSyntaxReferences.IsEmpty,
        _ => false,
    };
}
