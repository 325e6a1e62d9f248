using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using System.Xml.Linq;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>What travels in the package.</summary>
public class ContentsTests(IsolatedPackage package)
{
    private const string Folder = "analyzers/dotnet/roslyn4.8/cs/";

    [Fact]
    public async Task It_holds_these_files_and_no_other()
    {
        using var archive = ZipFile.OpenRead(await package.PackageAsync());
        string[] expected =
        [
            "README.md",
            "Threadwise.Analyzers.nuspec",
            Folder + "Threadwise.Analyzers.dll",
            Folder + "Threadwise.CodeFixes.dll",
            Folder + "zh-Hans/Threadwise.Analyzers.resources.dll",
            Folder + "zh-Hans/Threadwise.CodeFixes.resources.dll",
            "build/Threadwise.Analyzers.targets",
            "build/config/threadwise.audit.globalconfig",
            "build/config/threadwise.none.globalconfig",
            "build/config/threadwise.strict.globalconfig",
            "buildTransitive/Threadwise.Analyzers.targets",
            "icon.png",
            .. RulePages().Select(static page => "docs/rules/" + page),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), archive.Entries.Select(static e => e.FullName).Where(IsOurs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_manifest_says_what_it_is()
    {
        using var archive = ZipFile.OpenRead(await package.PackageAsync());
        using var stream = archive.GetEntry("Threadwise.Analyzers.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        var facts = metadata.Elements().ToDictionary(static e => e.Name.LocalName, static e => e.Value);
        Assert.Equal("Threadwise.Analyzers", facts["id"]);
        Assert.Equal(package.Version, facts["version"]);
        Assert.Equal("true", facts["developmentDependency"]);
        Assert.Equal("MIT", facts["license"]);
        Assert.Equal("README.md", facts["readme"]);
        Assert.Equal("icon.png", facts["icon"]);
        Assert.DoesNotContain("dependencies", facts.Keys);
        Assert.DoesNotContain("frameworkReferences", facts.Keys);
    }

    /// <summary>
    /// The package brings no libraries along, and a host binds upwards only: an assembly that needs another one, or a later version
    /// than the hosts of Roslyn 4.8 have, does not load there.
    /// </summary>
    [Fact]
    public async Task Its_assemblies_need_only_what_hosts_of_the_floor_have()
    {
        using var archive = ZipFile.OpenRead(await package.PackageAsync());
        var needs = archive.Entries.Where(static e => e.FullName.EndsWith(".dll", StringComparison.Ordinal)).SelectMany(References).Distinct();
        Assert.Empty(needs.Except(
        [
            "Microsoft.CodeAnalysis 4.8.0.0", "Microsoft.CodeAnalysis.CSharp 4.8.0.0", "Microsoft.CodeAnalysis.CSharp.Workspaces 4.8.0.0",
            "Microsoft.CodeAnalysis.Workspaces 4.8.0.0", "System.Collections.Immutable 7.0.0.0",
            "Threadwise.Analyzers 0.1.0.0", "netstandard 2.0.0.0",
        ]));
    }

    [Fact]
    public void A_rule_without_a_page_does_not_ship() =>
        Assert.Empty(ThreadwiseRules.Descriptors.Select(static d => d.Id + ".md").Where(static page => !page.StartsWith("TW000", StringComparison.Ordinal)).Except(RulePages()));

    private static IEnumerable<string> RulePages()
    {
        var folder = Repository.PathOf("docs", "rules");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Select(static path => Path.GetFileName(path)) : [];
    }

    private static IEnumerable<string> References(ZipArchiveEntry entry)
    {
        var bytes = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var file = new PEReader(bytes);
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}")];
    }

    /// <summary>The rest is the packaging format's own.</summary>
    private static bool IsOurs(string entry) =>
        entry is not ("[Content_Types].xml" or "_rels/.rels") && !entry.StartsWith("package/services/", StringComparison.Ordinal);
}
