using System.Collections.Immutable;
using System.Reflection;

namespace Threadwise.Analyzers.Tests.Conventions;

internal static class Assemblies
{
    /// <summary>What is shipped: the analyzers and the fixes.</summary>
    public static ImmutableArray<Assembly> Ours { get; } = [typeof(LocalAnalyzer).Assembly, typeof(CodeFixes.FixTexts).Assembly];
}
