using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Corpus.Tests;

/// <summary>The whole program over a user's project.</summary>
public sealed class RunTests(FreshPackage fresh) : IDisposable
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;

        public sealed class Stock
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _items;

            public async Task TakeAsync(CancellationToken cancellation)
            {
                try
                {
                    await _gate.WaitAsync(cancellation);
                    _items--;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <DocumentationFile>Shop.xml</DocumentationFile>
            <NoWarn>CS1591</NoWarn>
          </PropertyGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_project_is_built_and_nothing_beside_it_changes()
    {
        var project = Shop();
        _folder.Write("Shop/obj/Debug/Left.cs", "this is not C#");
        var before = Contents();

        var (exitCode, output) = await RunAsync(project);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("Built 1 compilations.", output);
        Assert.Contains("Shop/Stock.cs:13", output);
        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("enable", true)]
    [InlineData("disable", false)]
    public async Task Sources_have_the_implicit_usings_that_all_projects_ask_for(string value, bool isReported)
    {
        Shop();
        _folder.Write("Shop/Stock.cs", Source[Source.IndexOf("public", StringComparison.Ordinal)..]);
        _folder.Write("Directory.Build.props", $"<Project><PropertyGroup><ImplicitUsings>{value}</ImplicitUsings></PropertyGroup></Project>");

        var (_, output) = await RunAsync(_folder.Path, "--sources", "--id", "TW2003");

        Assert.Equal(isReported, output.Contains("TW2003"));
    }

    [Fact]
    public async Task What_cannot_be_restored_is_read_as_sources()
    {
        var project = Shop("""  <ItemGroup><PackageReference Include="No.Such.Package" Version="1.0.0" /></ItemGroup>""");

        var (exitCode, output) = await RunAsync(project, "--property", "RestoreSources=" + _folder.Path);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("Nothing could be built", output);
        Assert.Contains("NU1101", output);
        Assert.Contains("Shop/Stock.cs:13", output);
    }

    [Fact]
    public async Task Labels_follow_their_lines_and_new_warnings_fail()
    {
        var project = Shop();
        string[] options = ["--sources", "--labels", Path.Combine(_folder.Path, "labels.tsv")];

        Assert.Equal(ExitCodes.Failed, (await RunAsync(project, [.. options, "--fail-on-unlabelled"])).ExitCode);
        Assert.Contains("Wrote 1 labels.", (await RunAsync(project, [.. options, "--write-labels"])).Output);

        _folder.Write("Shop/Stock.cs", "// moved\n" + Source);
        Assert.Equal(ExitCodes.Ok, (await RunAsync(project, [.. options, "--fail-on-unlabelled"])).ExitCode);

        _folder.Write("Shop/Stock.cs", Source.Replace("await _gate.WaitAsync(cancellation);", "await _gate.WaitAsync(cancellation).ConfigureAwait(false);"));
        var (exitCode, output) = await RunAsync(project, [.. options, "--fail-on-unlabelled"]);
        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("Labelled and no longer reported:", output);
    }

    [Fact]
    public async Task An_id_narrows_what_is_shown()
    {
        var (_, output) = await RunAsync(Shop(), "--sources", "--id", "TW9999");

        Assert.Contains("0 reports", output);
    }

    public void Dispose() => _folder.Dispose();

    private string Shop(string items = "")
    {
        // What a user keeps above a project, and would come from this repository otherwise.
        _folder.Write("Directory.Build.props", "<Project />");
        _folder.Write("Shop/Stock.cs", Source);
        return _folder.Write("Shop/Shop.csproj", Project.Replace("</Project>", items + "\n</Project>"));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string project, params string[] options)
    {
        var output = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            [project, "--package", await fresh.FileAsync(), "--root", _folder.Path, .. options], output, output);
        return (exitCode, output.ToString());
    }

    private List<string> Contents() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order()
            .Select(static path => File.Exists(path) ? $"{path}: {File.ReadAllText(path)}" : path)];
}
