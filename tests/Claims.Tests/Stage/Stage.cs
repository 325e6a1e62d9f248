using System.Diagnostics;

/// <summary>
/// The program around a block of a rule's page. It says "begun", plays the scene that the tests wrote for the block (<c>ActAsync</c>, in a
/// file of its own), and says "ended", or "threw" and the type of the exception, whichever thread it comes from. A scene that tries
/// several times prints a line for each try, so that it is not taken for stuck.
/// </summary>
static partial class Stage
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Length == 2)
        {
            return Extras.Play(args[1]);
        }

        AppDomain.CurrentDomain.UnhandledException += (_, e) => Threw((Exception)e.ExceptionObject);
        Console.WriteLine("begun");
        try
        {
            await ActAsync();
        }
        catch (Exception e)
        {
            Threw(e);
        }

        Console.WriteLine("ended");
        return 0;
    }

    private static void Threw(Exception e)
    {
        Console.WriteLine($"threw {e.GetType().AssemblyQualifiedName}");
        Environment.Exit(1);
    }
}

/// <summary>The child processes of a scene: this program again, with the name of what it plays.</summary>
static class Extras
{
    private const int MoreThanAnyPipeHolds = 4_000_000;

    /// <summary>How to start the child that plays <paramref name="role"/>; the caller adds what it redirects.</summary>
    public static ProcessStartInfo Of(string role) => new(Environment.ProcessPath!, [typeof(Extras).Assembly.Location, "play", role]);

    public static int Play(string role)
    {
        switch (role)
        {
            case "quiet":
                return 0;
            case "talks": // a long output
                Talk(Console.OpenStandardOutput());
                return 0;
            case "complains": // long errors, then a short output
                Talk(Console.OpenStandardError());
                Console.WriteLine("done");
                return 0;
            case "answers": // writes as much as it reads, at once
                Console.OpenStandardInput().CopyTo(Console.OpenStandardOutput());
                return 0;
            case "stays": // until its input is closed
                Console.OpenStandardInput().CopyTo(Stream.Null);
                return 0;
            default:
                throw new ArgumentException($"nobody plays '{role}'");
        }
    }

    private static void Talk(Stream to) => to.Write(new byte[MoreThanAnyPipeHolds]);
}

/// <summary>Brings other threads to where a scene needs them, by their state and never by a pause.</summary>
static class Backstage
{
    /// <summary>Runs <paramref name="act"/> while every thread of the pool is taken, and frees the pool as soon as the act waits for something or has ended.</summary>
    public static void WithBusyPool(Action act)
    {
        using var free = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMaxThreads(Math.Max(workers, Environment.ProcessorCount), others);
        for (var i = 0; i < Math.Max(workers, Environment.ProcessorCount); i++)
        {
            using var taken = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                taken.Set();
                free.Wait();
            }, null);
            taken.Wait();
        }

        var actor = new Thread(() => act());
        actor.Start();
        Waits(actor);
        free.Set();
        actor.Join();
        PoolIsIdle();
    }

    /// <summary>Returns when <paramref name="thread"/> waits for something, or has ended.</summary>
    public static void Waits(Thread thread)
    {
        while ((thread.ThreadState & (System.Threading.ThreadState.WaitSleepJoin | System.Threading.ThreadState.Stopped)) == 0)
        {
            Thread.Yield();
        }
    }

    /// <summary>Runs <paramref name="act"/> on a thread of its own, to its end.</summary>
    public static void OnAnotherThread(Action act)
    {
        var thread = new Thread(() => act());
        thread.Start();
        thread.Join();
    }

    /// <summary>A thread takes the mutex and ends.</summary>
    public static void Abandon(Mutex mutex) => OnAnotherThread(() =>
    {
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // By an earlier run that was ended.
        }
    });

    /// <summary>Runs <paramref name="act"/> with the pool busy, and throws the exception of a task that it left behind, which nobody else asks for.</summary>
    public static void WithBusyPoolAndLostTasks(Action act)
    {
        Exception? lost = null;
        TaskScheduler.UnobservedTaskException += (_, e) => lost = e.Exception.InnerException;
        WithBusyPool(act);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (lost is not null)
        {
            throw lost;
        }
    }

    /// <summary>Returns when the pool has done all it was given.</summary>
    public static void PoolIsIdle()
    {
        using var idle = new ManualResetEventSlim();
        ThreadPool.GetMaxThreads(out var most, out _);
        while (ThreadPool.PendingWorkItemCount > 0 || IsBusy(most))
        {
            Thread.Yield();
        }
    }

    private static bool IsBusy(int most)
    {
        ThreadPool.GetAvailableThreads(out var available, out _);
        return available < most;
    }
}
