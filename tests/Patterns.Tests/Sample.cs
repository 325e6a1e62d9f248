using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// One run at a time: the parts measure times, and what a run leaves behind is looked for right after it.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Threadwise.Patterns.Tests;

/// <summary>One run of the sample as a process, its output redirected.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed, with plain line ends.</param>
/// <param name="Error">What it printed as errors.</param>
internal sealed record Sample(int ExitCode, string Output, string Error)
{
    private static readonly string[] s_programs = ["Patterns", "Violations"];

    public string[] Lines => Output.Split('\n');

    /// <summary>Runs it to its end. No process and no file may be left.</summary>
    public static async Task<Sample> RunAsync(params string[] args)
    {
        using var temp = new TempFolder();
        return await RunAsync(temp, args);
    }

    public static Task<Sample> RunAsync(TempFolder temp, params string[] args) => RunAsync(temp, Started(temp, PathOf("Patterns"), args));

    /// <summary>Runs it to its end on one core: where there is taskset, that is on Linux.</summary>
    public static async Task<Sample> RunOnOneCoreAsync(params string[] args)
    {
        using var temp = new TempFolder();
        var core = (await File.ReadAllLinesAsync("/proc/self/status")).Single(static line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t', ',', '-')[1];
        return await RunAsync(temp, Started(temp, "taskset", ["-c", core, PathOf("Patterns"), .. args]));
    }

    private static async Task<Sample> RunAsync(TempFolder temp, ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var run = new Sample(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        Assert.Empty(Left(temp));
        return run;
    }

    /// <summary>Runs a part whose demonstration must hold.</summary>
    public static async Task<Sample> HoldsAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
        return run;
    }

    /// <summary>Starts it with a folder for temporary files of its own.</summary>
    public static Process Start(TempFolder temp, params string[] args) => Process.Start(Started(temp, PathOf("Patterns"), args))!;

    private static ProcessStartInfo Started(TempFolder temp, string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment[OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR"] = temp.Path;

        // A language whose numbers have a comma: what is printed must be the same in each.
        start.Environment["LC_ALL"] = "de_DE.UTF-8";
        return start;
    }

    /// <summary>Processes of the sample that are alive.</summary>
    public static List<Process> Processes() => [.. s_programs.SelectMany(Process.GetProcessesByName).Where(static process => IsOurs(process))];

    /// <summary>What a run left behind: processes, files, and the files in which Unix keeps a named mutex.</summary>
    public static IEnumerable<string> Left(TempFolder temp)
    {
        var mutexes = OperatingSystem.IsWindows() ? [] : Directory.GetDirectories("/tmp", ".dotnet*")
            .SelectMany(static folder => Directory.GetFiles(folder, "threadwise-patterns-*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }));
        return Processes().Select(static process => $"{process.ProcessName} {process.Id}").Concat(Directory.GetFileSystemEntries(temp.Path)).Concat(mutexes);
    }

    /// <summary>The program of the sample or of its wrong twins.</summary>
    public static string PathOf(string program) => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? program + ".exe" : program);

    private static bool IsOurs(Process process)
    {
        try
        {
            return s_programs.Select(PathOf).Contains(process.MainModule?.FileName);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has just ended, or it is another user's.
            return false;
        }
    }
}

/// <summary>A folder that is deleted in the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patterns-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
