using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>The correct patterns are silent under every rule, those that are off by default too.</summary>
public class SilenceTests
{
    [Fact]
    public async Task No_rule_has_anything_to_say()
    {
        var files = Directory.GetFiles(Repository.PathOf("samples", "Patterns"), "*.cs").Order().ToArray();
        var analysis = Analysis.Of([.. files.Select(File.ReadAllText)]) with
        {
            OutputKind = OutputKind.ConsoleApplication,
            References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))],
        };

        Assert.Empty(analysis.Errors());
        Assert.Empty((await analysis.WithEveryRule().ReportsAsync()).Select(static d => d.ToString()));
    }
}
