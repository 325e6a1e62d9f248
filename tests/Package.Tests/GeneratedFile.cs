using System.IO;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>A whole file that follows from the rules: checked by default, written on demand.</summary>
public static class GeneratedFile
{
    public const string WriteCommand = "THREADWISE_WRITE=1 dotnet test --project tests/Package.Tests";

    public static void Check(string expected, params string[] path)
    {
        var file = Repository.PathOf(path);
        var actual = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return;
        }

        if (GeneratedRegion.IsWriting)
        {
            File.WriteAllText(file, expected);
            return;
        }

        Assert.Fail($"{string.Join('/', path)} does not follow from the rules. To write it: {WriteCommand}");
    }
}
