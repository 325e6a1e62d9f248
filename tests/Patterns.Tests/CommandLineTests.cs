using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Patterns.Tests;

public class CommandLineTests
{
    private static readonly string[] s_numbers = ["0", "1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5", "3", "4"];

    [Theory]
    [InlineData("'locks'", "locks")]
    [InlineData("'9.9'", "9.9")]
    [InlineData("'--fast'", "lock", "--fast")]
    [InlineData("'twice'", "lock", "twice")]
    [InlineData("Say one of: list, all, ")]
    [InlineData("Say: child-print <number> <number>.", "child-print")]
    [InlineData("Say: child-add <run> <number>.", "child-add", "run", "1", "2")]
    [InlineData("'many'", "child-print", "many", "2")]
    [InlineData("Say: child-hold <run>.", "child-hold", "no-such-run")]
    [InlineData("Say: child-idle.", "child-idle", "1")]
    public async Task Arguments_that_make_no_sense_exit_with_2_and_say_why(string reason, params string[] args)
    {
        var run = await Sample.RunAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task The_parts_are_listed_in_plain_text()
    {
        var run = await Sample.HoldsAsync("list");

        Assert.StartsWith("part  name ", run.Output);
        Assert.Equal(s_numbers, run.Lines[1..].Where(static line => line != "").Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Help_is_given()
    {
        var run = await Sample.HoldsAsync("--help");

        Assert.Contains("list", run.Output);
        Assert.Contains("lock", run.Output);
    }

    [Fact]
    public async Task A_part_goes_by_its_name_and_by_its_number()
    {
        var list = await Sample.HoldsAsync("list");
        foreach (var line in list.Lines[1..^2])
        {
            var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);

            Assert.Contains(words[2].Trim(), (await Sample.HoldsAsync(words[0], "--help")).Output);
            Assert.Contains(words[2].Trim(), (await Sample.HoldsAsync(words[1], "--help")).Output);
        }
    }

    [Fact]
    public async Task A_part_that_cannot_show_what_it_should_exits_with_1_and_says_why()
    {
        using var temp = new TempFolder();
        Directory.Delete(temp.Path);

        using var process = Sample.Start(temp, "2.4");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();

        Directory.CreateDirectory(temp.Path);
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("2.4 shared-memory: ", error);
        Assert.Contains(temp.Path, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_for_temporary_files_that_cannot_be_read_stops_no_part_that_needs_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Here everything can be read.");
        using var temp = new TempFolder();
        File.SetUnixFileMode(temp.Path, UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        using var process = Sample.Start(temp, "queue");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();

        File.SetUnixFileMode(temp.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("", error);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_folder_for_charts_that_takes_no_files_is_refused_before_anything_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no folder that takes files from nobody at all.");

        var run = await Sample.RunAsync("choose", "--out", "/dev/fd");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("--out: ", run.Error);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("--out", "lock", "--out", "charts")]
    [InlineData("--out: ", "choose", "--out", "{file}")]
    [InlineData("--out", "4", "--out")]
    public async Task Charts_are_drawn_only_where_there_are_some_and_into_a_folder(string reason, params string[] args)
    {
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var run = await Sample.RunAsync([.. args.Select(arg => arg.Replace("{file}", file))]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error);
        Assert.Equal("", run.Output);
    }
}
