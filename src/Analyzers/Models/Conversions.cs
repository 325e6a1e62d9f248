using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>What a value is under the conversions that the compiler or the writer put around it.</summary>
internal static class Conversions
{
    /// <summary>Without those that keep the value; one that an operator of some type performs is a call and stays.</summary>
    public static IOperation? WithoutBuiltIn(IOperation? operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>The same, and without a <c>?? throw</c>: what it is where it is there.</summary>
    public static IOperation? WithoutThrow(IOperation? operation)
    {
        operation = WithoutBuiltIn(operation);
        return operation is ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } } orThrow ? WithoutBuiltIn(orThrow.Value) : operation;
    }

    /// <summary>Without any, for questions about where a value was written rather than what it is.</summary>
    public static IOperation? WithoutAny(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
