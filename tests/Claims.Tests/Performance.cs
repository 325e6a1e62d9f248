using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Claims.Tests;

/// <summary>Compiles a block of a page with its scene to a program, and runs it as a process.</summary>
internal static class Performance
{
    /// <summary>A program that has not ended and neither printed a line nor used a tenth of a processor for so many looks in a row is stuck.</summary>
    private const int QuietLooks = 3;

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Ends a run that neither ends nor comes to rest; far more than any scene needs.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static async Task<Ending> RunAsync(Scene scene, PageBlock block)
    {
        var folder = Directory.CreateTempSubdirectory("threadwise-claims-").FullName;
        try
        {
            var program = Path.Combine(folder, "Stage.dll");
            Emit(scene, block, program);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Claims.Tests.runtimeconfig.json"), Path.Combine(folder, "Stage.runtimeconfig.json"));
            if (scene.Command is var (command, role))
            {
                WriteCommand(Path.Combine(folder, command), program, role);
            }

            return await EndOfAsync(program);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Emit(Scene scene, PageBlock block, string to)
    {
        var code = scene.Instead.Aggregate(RulePage.WithoutMarks(block.Code), static (code, change) =>
        {
            Assert.Contains(change.OnPage, code);
            return code.Replace(change.OnPage, change.OnStage);
        });
        var analysis = Analysis.Of(
            code,
            $$"""
            static partial class Stage
            {
                private static async Task ActAsync()
                {
                    await Task.CompletedTask;
                    {{scene.Act}}
                }
            }
            """,
            File.ReadAllText(Repository.PathOf("tests", "Claims.Tests", "Stage", "Stage.cs"))) with { OutputKind = OutputKind.ConsoleApplication };
        var result = analysis.Compile().Emit(to);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>A command of that name for Unix, which looks for it in the working folder.</summary>
    private static void WriteCommand(string path, string program, string role)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("a command by its name alone is a script, which Windows does not start");
        }
        else
        {
            File.WriteAllText(path, $"#!/bin/sh\nexec '{DotnetHost.Path}' '{program}' play {role}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<Ending> EndOfAsync(string program)
    {
        using var stage = Process.Start(new ProcessStartInfo(DotnetHost.Path, [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = stage.StandardError.ReadToEndAsync();
        try
        {
            Assert.Equal("begun", await stage.StandardOutput.ReadLineAsync());
            var last = await LastLineAsync(stage);
            return last is null ? Ending.Hangs
                : last == "ended" ? Ending.Well
                : last.StartsWith("threw ", StringComparison.Ordinal) ? new(false, Type.GetType(last["threw ".Length..], throwOnError: true))
                : throw new InvalidOperationException($"neither ended nor threw: {last}\n{await errors}");
        }
        finally
        {
            // Children that play for a hung stage go with it.
            stage.Kill(entireProcessTree: true);
            await stage.WaitForExitAsync();
        }
    }

    /// <summary>The last line that the program prints before it ends; null when it is stuck.</summary>
    private static async Task<string?> LastLineAsync(Process stage)
    {
        var since = Stopwatch.StartNew();
        var last = "";
        var used = TimeSpan.Zero;
        var next = stage.StandardOutput.ReadLineAsync();
        for (var quiet = 0; quiet < QuietLooks;)
        {
            if (await Task.WhenAny(next, Task.Delay(s_betweenLooks)) == next)
            {
                if (await next is not { } line)
                {
                    await stage.WaitForExitAsync();
                    return last;
                }

                (last, quiet, next) = (line, 0, stage.StandardOutput.ReadLineAsync());
                continue;
            }

            Assert.True(since.Elapsed < s_limit, "neither ends nor comes to rest");
            var now = UsedBy(stage);
            quiet = now - used < s_betweenLooks / 10 ? quiet + 1 : 0;
            used = now;
        }

        return null;
    }

    private static TimeSpan UsedBy(Process stage)
    {
        try
        {
            stage.Refresh();
            return stage.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has just ended: the next look sees that.
            return TimeSpan.MaxValue;
        }
    }
}
