using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Coyote;
using Microsoft.Coyote.Rewriting;
using Microsoft.Coyote.SystematicTesting;

namespace Threadwise.Oracle;

/// <summary>
/// Explores schedules of the programs in a folder. Each is an assembly with <c>Scenario.PlayAsync</c>, which throws when its result is
/// wrong; a line of output for each: its name, <c>clean</c> or <c>bug</c>, and what went wrong, separated by tabs.
/// </summary>
internal static class Program
{
    private const uint Schedules = 100;

    private static int Main(string[] args)
    {
        if (args.Length != 1 || !Directory.Exists(args[0]))
        {
            Console.Error.WriteLine("usage: Oracle <folder with assemblies that hold Scenario.PlayAsync>");
            return 2;
        }

        var assemblies = Directory.GetFiles(args[0], "*.dll").Order(StringComparer.Ordinal).ToList();
        var rewritten = Path.Combine(args[0], "rewritten");
        Rewrite(args[0], rewritten, assemblies);
        foreach (var assembly in assemblies)
        {
            var name = Path.GetFileNameWithoutExtension(assembly);
            Console.WriteLine($"{name}\t{Explore(Path.Combine(rewritten, Path.GetFileName(assembly)))}");
        }

        return 0;
    }

    /// <summary>Puts the scheduler's points into the assemblies. What makes the options and runs on them is not public.</summary>
    private static void Rewrite(string from, string to, List<string> assemblies)
    {
        var file = Path.Combine(from, "rewriting.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            AssembliesPath = from,
            OutputPath = to,
            Assemblies = assemblies.Select(Path.GetFileName),
            IsDataRaceCheckingEnabled = true,
            IsRewritingConcurrentCollections = true,
        }));
        var options = typeof(RewritingEngine).Assembly.GetType("Microsoft.Coyote.Rewriting.RewritingOptions", throwOnError: true)!
            .GetMethod("ParseFromJSON", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public, [typeof(string)])!.Invoke(null, [file]);
        var run = typeof(RewritingEngine).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(static method => method.Name == "Run");
        var configuration = Configuration.Create().WithTelemetryEnabled(false);
        var types = run.GetParameters().Select(static parameter => parameter.ParameterType).ToArray();
        run.Invoke(null, [options, configuration, Made(types[2], configuration, false), Made(types[3])]);
    }

    private static object Made(Type type, params object[] arguments) =>
        Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, arguments, null)!;

    private static string Explore(string assembly)
    {
        var play = Assembly.LoadFrom(assembly).GetType("Scenario", throwOnError: true)!
            .GetMethod("PlayAsync", BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<Func<Task>>();
        using var engine = TestingEngine.Create(
            Configuration.Create()
                .WithTelemetryEnabled(false)
                .WithConsoleLoggingEnabled(false)
                .WithTestingIterations(Schedules)
                .WithRandomGeneratorSeed(1)
                .WithMemoryAccessRaceCheckingEnabled(true)
                .WithControlFlowRaceCheckingEnabled(true),
            play);
        engine.Run();
        return engine.TestReport.NumOfFoundBugs == 0
            ? "clean"
            : $"bug\t{engine.TestReport.BugReports.First().ReplaceLineEndings(" ")}";
    }
}
