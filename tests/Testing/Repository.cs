using System.IO;
using System.Linq;
using System.Reflection;

namespace Threadwise.Testing;

/// <summary>Where things lie: the repository that was built and the packages that its restore brought.</summary>
public static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Packages { get; } = Metadata("NuGetPackageRoot");

    /// <summary>A file or folder of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
