using System;
using System.Threading.Tasks;
using Spectre.Console;

namespace Patterns;

/// <summary>Progress: a bar on a terminal, one line of text where the output goes elsewhere.</summary>
internal static class Live
{
    /// <summary>Does the work, which says each time that one of its steps is done.</summary>
    public static async Task<T> RunAsync<T>(string title, int steps, Func<Action, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine($"{title} …");
            return await work(static () => { });
        }

        return await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: steps);
            return await work(() => bar.Increment(1));
        });
    }
}
