using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Threadwise.Hosts;

/// <summary>What the restore of the solution brought along and where it lies.</summary>
internal static class Restored
{
    public static string Packages { get; } = Path.TrimEndingDirectorySeparator(Fact("NuGetPackageRoot"));

    public static ImmutableArray<string> CompilerRoslyns { get; } = [.. Fact("CompilerRoslyns").Split(';')];

    public static string Configuration { get; } = Fact("Configuration");

    public static string Package(string id, string version) => Path.Combine(Packages, id.ToLowerInvariant(), version);

    /// <summary>The reference assemblies of a framework.</summary>
    public static string Framework(string version) =>
        Path.Combine(Package("Microsoft.NETCore.App.Ref", version), "ref", $"net{version[..version.IndexOf('.')]}.0");

    public static string LanguageServer { get; } =
        Directory.EnumerateFiles(Package("csharp-ls", Fact("LanguageServer")), "CSharpLanguageServer.dll", SearchOption.AllDirectories).Single();

    /// <summary>The folders of the compiler's assemblies: those for the latest .NET that the version was built for.</summary>
    public static ImmutableArray<string> Roslyn(string version) =>
        [Latest(Package("Microsoft.CodeAnalysis.Common", version)), Latest(Package("Microsoft.CodeAnalysis.CSharp", version))];

    private static string Latest(string package) => Directory.EnumerateDirectories(Path.Combine(package, "lib"), "net?*.0")
        .OrderByDescending(static f => Version.TryParse(Path.GetFileName(f)[3..], out var v) ? v : new Version(0, 0)).First();

    private static string Fact(string key) =>
        typeof(Restored).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
