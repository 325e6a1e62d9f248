using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Oracle.Tests;

/// <summary>All programs of the tests, the guilty ones as they are and as our fixes leave them, explored in one run.</summary>
public sealed class Exploration : IAsyncLifetime
{
    /// <summary>Ends a run in which a program got stuck; far more than the whole takes.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("threadwise-oracle-").FullName;

    private readonly Dictionary<string, string> _fixed = [];

    private readonly Dictionary<string, string> _verdicts = [];

    /// <summary>What the oracle says of a program: <c>clean</c>, or <c>bug</c> and what went wrong.</summary>
    public string VerdictOn(string program) => _verdicts[program];

    public string Fixed(Case guilty) => _fixed[guilty.Name];

    public async ValueTask InitializeAsync()
    {
        foreach (var guilty in GuiltyPrograms.All)
        {
            var code = await FixedCode.OfAsync(Compiled(guilty, guilty.Code), guilty.Id);
            _fixed.Add(guilty.Name, code);
            Emit(guilty.Name, Compiled(guilty, guilty.Code));
            Emit(FixedNameOf(guilty), Compiled(guilty, code));
        }

        foreach (var innocent in InnocentPrograms.All)
        {
            Emit(innocent.Name, Compiled(innocent, innocent.Code));
        }

        await ExploreAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static string FixedNameOf(Case guilty) => guilty.Name + "Fixed";

    /// <summary>The program, for a target without <c>System.Threading.Lock</c>: the oracle takes a <c>lock</c> on one for a deadlock, and the fixes choose <c>object</c> there.</summary>
    public static Analysis Compiled(Case program, string code) => Analysis.Of(
        code,
        $$"""
        public static class Scenario
        {
            public static async Task PlayAsync()
            {
                await Task.CompletedTask;
                {{program.Play}}
            }

            private static void Is<T>(T expected, T actual)
            {
                if (!EqualityComparer<T>.Default.Equals(expected, actual))
                {
                    throw new InvalidOperationException($"{actual} in place of {expected}");
                }
            }
        }
        """) with { References = Frameworks.Net80 };

    private void Emit(string name, Analysis analysis)
    {
        var result = analysis.Compile().WithAssemblyName(name).Emit(Path.Combine(_folder, name + ".dll"));
        Assert.True(result.Success, $"{name}: {string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error))}");
    }

    private async Task ExploreAsync()
    {
        var configuration = typeof(Exploration).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Configuration").Value!;
        using var oracle = Process.Start(new ProcessStartInfo(DotnetHost.Path, [Repository.PathOf("tests", "Oracle", "bin", configuration, "net10.0", "Oracle.dll"), _folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(s_limit);
        var errors = oracle.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await oracle.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.Split('\t', 2) is [var program, var verdict])
                {
                    _verdicts.Add(program, verdict);
                }
            }

            await oracle.WaitForExitAsync(limit.Token);
            Assert.True(oracle.ExitCode == 0, await errors);
        }
        finally
        {
            oracle.Kill(entireProcessTree: true);
        }
    }
}
