using System.IO;
using System.Linq;
using System.Reflection;

namespace Threadwise.Corpus;

/// <summary>This repository, from which the analyzers are packed.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "RepositoryRoot").Value!;

    public static string Violations { get; } = Path.Combine(Root, "samples", "Violations", "Violations.csproj");

    public static string HistoryPairs { get; } = Path.Combine(Root, "tests", "Corpus", "history.tsv");
}
