using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>What a body does with one of its locals.</summary>
internal static class Locals
{
    /// <summary>The local or parameter that the operation names, else null.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>Whether the local or parameter is declared within the code.</summary>
    public static bool IsDeclaredIn(ISymbol variable, IOperation code) => variable.DeclaringSyntaxReferences.Length == 1 &&
        variable.DeclaringSyntaxReferences[0].SyntaxTree == code.Syntax.SyntaxTree && code.Syntax.Span.Contains(variable.DeclaringSyntaxReferences[0].Span);

    /// <summary>The value of a local that its declaration gives it and nothing in the body writes again, else null.</summary>
    public static IOperation? OnlyValue(ILocalSymbol local, IOperation root)
    {
        IOperation? value = null;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    value = declarator.GetVariableInitializer()?.Value;
                    break;
                case ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsWrite(reference):
                    return null;
            }
        }

        return value;
    }

    /// <summary>Every reference to the local but its declaration, in source order.</summary>
    public static IEnumerable<ILocalReferenceOperation> Uses(ILocalSymbol local, IOperation root) =>
        root.Descendants().OfType<ILocalReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));

    /// <summary>The places of the body that read the local. A place that may both read and write it is among them.</summary>
    public static IEnumerable<ILocalReferenceOperation> Reads(ILocalSymbol local, IOperation root) => Uses(local, root)
        .Where(static reference => !(reference.Parent is ISimpleAssignmentOperation { IsRef: false } assignment && assignment.Target == reference));

    /// <summary>Assigned, passed by <c>ref</c> or <c>out</c>, taken as a <c>ref</c>, or part of a deconstruction.</summary>
    private static bool IsWrite(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference || assignment is ISimpleAssignmentOperation { IsRef: true },
        IArgumentOperation { Parameter: { RefKind: RefKind.Ref or RefKind.Out } } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        IAddressOfOperation or IIncrementOrDecrementOperation => true,
        _ => false,
    };
}
