using System;
using System.Diagnostics;
using System.Threading;

namespace Violations;

/// <summary>Each thread is waited for before the next one starts.</summary>
public static class JoinInStartLoop
{
    /// <summary>Prints how many milliseconds four threads of a tenth of a second take.</summary>
    public static void Run()
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 4; i++)
        {
            var thread = new Thread(static () => Thread.Sleep(100));
            thread.Start();
            thread.Join(); // expect: TW1004
        }

        Console.WriteLine(watch.ElapsedMilliseconds);
    }
}
