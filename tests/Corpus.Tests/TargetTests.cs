using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Targets;
using Xunit;

namespace Threadwise.Corpus.Tests;

public sealed class TargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_means_its_solution_before_its_project()
    {
        _folder.Write("Shop.csproj", "");
        var solution = _folder.Write("Shop.slnx", "");

        Assert.Equal(new Target(solution, _folder.Path), Target.Resolve(_folder.Path, sources: false));
    }

    [Fact]
    public void A_folder_without_either_is_read_and_says_why()
    {
        _folder.Write("src/Shop.cs", "");

        var target = Target.Resolve(_folder.Path, sources: false);

        Assert.Null(target.Buildable);
        Assert.NotNull(target.Note);
    }

    [Fact]
    public void Sources_are_read_when_asked_for()
    {
        var project = _folder.Write("Shop.csproj", "");

        Assert.Equal(new Target(null, _folder.Path), Target.Resolve(project, sources: true));
    }

    [Theory]
    [InlineData("A.sln", "B.sln")]
    [InlineData("A.csproj", "B.csproj")]
    public void Several_candidates_are_named(string one, string other)
    {
        _folder.Write(one, "");
        _folder.Write(other, "");

        var problem = Assert.Throws<CorpusException>(() => Target.Resolve(_folder.Path, sources: false));

        Assert.Equal(ExitCodes.Usage, problem.ExitCode);
        Assert.Contains($"{one}, {other}", problem.Message);
    }

    [Fact]
    public void Another_kind_of_file_and_no_file_are_refused()
    {
        var text = _folder.Write("notes.txt", "");

        Assert.Throws<CorpusException>(() => Target.Resolve(text, sources: false));
        Assert.Throws<CorpusException>(() => Target.Resolve(Path.Combine(_folder.Path, "none"), sources: false));
    }

    [Fact]
    public async Task The_commit_is_read_from_git()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write(".git/packed-refs", "# pack-refs\n0123 refs/heads/other\n4567 refs/heads/main\n");
        var project = _folder.Write("src/Shop/Shop.csproj", "");

        var origin = await Origin.OfAsync(new Request { Path = project }, Target.Resolve(project, sources: false), CancellationToken.None);

        Assert.Equal(new Origin(_folder.Path, Path.GetFileName(_folder.Path), "4567"), origin);
        Assert.Equal("src/Shop/A.cs", origin.PlaceOf(Path.Combine(_folder.Path, "src", "Shop", "A.cs")));
    }

    [Fact]
    public async Task A_loose_branch_goes_before_a_packed_one()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write(".git/packed-refs", "4567 refs/heads/main\n");
        _folder.Write(".git/refs/heads/main", "89ab\n");

        var origin = await Origin.OfAsync(new Request { Path = _folder.Path }, new Target(null, _folder.Path), CancellationToken.None);

        Assert.Equal("89ab", origin.Commit);
    }

    [Fact]
    public async Task What_the_user_says_goes_first()
    {
        var request = new Request { Path = _folder.Path, Root = "/elsewhere/", Repository = "shop", Commit = "c0ffee" };

        Assert.Equal(new Origin("/elsewhere", "shop", "c0ffee"), await Origin.OfAsync(request, new Target(null, _folder.Path), CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();
}
