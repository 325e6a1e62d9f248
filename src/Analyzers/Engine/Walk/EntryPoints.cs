using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>Where a thread's work may be cut off or its failure lost: bodies whose end is the end of the program or of a test.</summary>
internal static class EntryPoints
{
    /// <summary>Whether the program ends with the body: it is <c>Main</c>, or the top-level statements.</summary>
    public static bool IsProgram(ISymbol owner, Model model, CancellationToken cancellation) =>
        owner is IMethodSymbol { IsStatic: true, Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName } &&
        SymbolEqualityComparer.Default.Equals(model.Compilation.GetEntryPoint(cancellation), owner);

    /// <summary>Whether the body is the program's, or in a library a <c>Main</c> that some host starts as one.</summary>
    public static bool IsMain(ISymbol owner, Model model, CancellationToken cancellation) => IsProgram(owner, model, cancellation) ||
        (model.Compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary &&
         owner is IMethodSymbol { IsStatic: true, Name: WellKnownMemberNames.EntryPointMethodName, TypeParameters.IsEmpty: true, Parameters: { Length: < 2 } parameters } &&
         parameters.All(static p => p.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String }));

    /// <summary>Whether a test framework runs the method and takes its end for the end of the test.</summary>
    public static bool IsTest(ISymbol owner) => owner is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && method.GetAttributes().Any(static a => IsTestAttribute(a.AttributeClass));

    private static bool IsTestAttribute(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestCaseSourceAttribute" or "TestMethodAttribute" &&
                type.ContainingNamespace?.ToDisplayString() is "Xunit" or "NUnit.Framework" or "Microsoft.VisualStudio.TestTools.UnitTesting" or "TUnit.Core")
            {
                return true;
            }
        }

        return false;
    }
}
