using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Corpus.Tests;

/// <summary>A git repository made for one test.</summary>
internal sealed class MadeHistory(TemporaryFolder folder)
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, "repository")).FullName;

    public static async Task<MadeHistory> StartAsync(TemporaryFolder folder)
    {
        var history = new MadeHistory(folder);
        await history.GitAsync("init", "--quiet");
        return history;
    }

    /// <summary>Writes one file, or deletes it when there is no text, and gives the commit that holds the change.</summary>
    public async Task<string> CommitAsync(string file, string? text)
    {
        if (text is null)
        {
            File.Delete(System.IO.Path.Combine(Path, file));
        }
        else
        {
            folder.Write(System.IO.Path.Combine("repository", file), text);
        }

        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=A tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "A change");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Path, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
