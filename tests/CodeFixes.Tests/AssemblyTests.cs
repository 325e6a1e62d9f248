using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests;

public class AssemblyTests
{
    /// <summary>Fixes read ids and property keys, which are constants: the compiled assembly does not even refer to the analyzers.</summary>
    [Fact]
    public void The_fix_assembly_uses_nothing_of_the_analyzers() =>
        Assert.DoesNotContain(typeof(FixTexts).Assembly.GetReferencedAssemblies(), static a => a.Name == "Threadwise.Analyzers");
}
