using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Testing;

/// <summary>Reference assemblies of the target frameworks that tests compile against.</summary>
public static class Frameworks
{
    public static ImmutableArray<MetadataReference> Net100 { get; } = Load("microsoft.netcore.app.ref", "10.0.12", "ref", "net10.0");

    /// <summary>Before <c>System.Threading.Lock</c>.</summary>
    public static ImmutableArray<MetadataReference> Net80 { get; } = Load("microsoft.netcore.app.ref", "8.0.28", "ref", "net8.0");

    public static ImmutableArray<MetadataReference> NetStandard20 { get; } = Load("netstandard.library", "2.0.3", "build", "netstandard2.0", "ref");

    public static ImmutableArray<MetadataReference> NetFramework48 { get; } =
        Load("microsoft.netframework.referenceassemblies.net48", "1.0.3", "build", ".NETFramework", "v4.8");

    private static ImmutableArray<MetadataReference> Load(params string[] folder) =>
        [.. Directory.EnumerateFiles(Path.Combine([Repository.Packages, .. folder]), "*.dll")
            .Where(static file => !Path.GetFileName(file).Contains("EnterpriseServices."))
            .Order()
            .Select(static file => MetadataReference.CreateFromFile(file))];
}
