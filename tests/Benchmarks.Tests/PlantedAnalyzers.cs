using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Benchmarks.Tests;

/// <summary>Walks the rest of the body again for each statement: quadratic in the length of a body.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class QuadraticBodyAnalyzer : PlantedAnalyzer
{
    protected override void Examine(OperationBlockAnalysisContext context)
    {
        foreach (var root in context.OperationBlocks)
        {
            foreach (var child in root.ChildOperations)
            {
                Keep(child.Parent!.Descendants().ToArray());
            }
        }
    }
}

/// <summary>Lists the members of the type again for each of its bodies: quadratic in the width of a type.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class QuadraticTypeAnalyzer : PlantedAnalyzer
{
    protected override void Examine(OperationBlockAnalysisContext context) =>
        Keep(context.OwningSymbol.ContainingType.GetMembers().Select(static m => m.Name).ToArray());
}

/// <summary>Asks each tree of the compilation again for each body: quadratic in the size of a project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class QuadraticProjectAnalyzer : PlantedAnalyzer
{
    protected override void Examine(OperationBlockAnalysisContext context) =>
        Keep(context.Compilation.SyntaxTrees.Select(static t => t.FilePath).ToArray());
}

/// <summary>Keeps 80,000 bytes for each body for as long as the compilation lives: far more than what tests before leave to be collected.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HoardingAnalyzer : PlantedAnalyzer
{
    public const int PerBody = 80_000;

#pragma warning disable RS1008 // Keeping it is what is planted.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentBag<byte[]>> s_kept = new();
#pragma warning restore RS1008

    protected override void Examine(OperationBlockAnalysisContext context) => s_kept.GetOrCreateValue(context.Compilation).Add(new byte[PerBody]);
}

/// <summary>What the planted ones share. Their work shows in what they allocate.</summary>
internal abstract class PlantedAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_never =
        new("PLANTED", "Never reported", "Never reported", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_never];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterOperationBlockAction(Examine);
    }

    protected abstract void Examine(OperationBlockAnalysisContext context);

    /// <summary>Keeps the compiler from leaving the work out.</summary>
    protected static void Keep(object made) => System.GC.KeepAlive(made);
}
