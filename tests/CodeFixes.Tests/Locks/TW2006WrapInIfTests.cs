using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>What the edit makes of each shape of a dropped result.</summary>
public class TW2006WrapInIfTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW2006WrapInIf>("TW2006", Class(before), Class(after));

    /// <summary>A short class around <paramref name="members"/>, which are written at its depth. Its <c>Work</c> is known not to throw.</summary>
    internal static string Class(string members) => $$"""
        public abstract class C
        {
            protected readonly SemaphoreSlim gate = new(1, 1);
            protected readonly SemaphoreSlim other = new(1, 1);
            protected readonly object sync = new();
            protected readonly Mutex mutex = new();
            protected readonly ReaderWriterLockSlim rw = new();
            protected int value;

            protected void Work() => value++;
            protected abstract void Throw();
            protected abstract Task WorkAsync();

        {{members}}
        }
        """;

    [Fact]
    public Task Try_and_finally() => Fix("""
            void M()
            {
                gate.{|TW2006:Wait(100)|};
                try
                {
                    Work();
                }
                finally
                {
                    gate.Release();
                }
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
            }
        """);

    [Fact]
    public Task Straight_line_and_what_follows() => Fix("""
            void M()
            {
                Work();
                Monitor.{|TW2006:TryEnter(sync, 100)|};
                value++;
                Monitor.Exit(sync);
                Work();
            }
        """, """
            void M()
            {
                Work();
                if (Monitor.TryEnter(sync, 100))
                {
                    value++;
                    Monitor.Exit(sync);
                }
                Work();
            }
        """);

    [Fact]
    public Task Awaited() => Fix("""
            async Task M(CancellationToken ct)
            {
                await gate.{|TW2006:WaitAsync(TimeSpan.FromSeconds(1), ct)|}.ConfigureAwait(false);
                try
                {
                    await WorkAsync();
                }
                finally
                {
                    gate.Release();
                }

                await WorkAsync();
            }
        """, """
            async Task M(CancellationToken ct)
            {
                if (await gate.WaitAsync(TimeSpan.FromSeconds(1), ct).ConfigureAwait(false))
                {
                    try
                    {
                        await WorkAsync();
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                await WorkAsync();
            }
        """);

    [Fact]
    public Task Waited_for_without_await() => Fix("""
            void M()
            {
                gate.{|TW2006:WaitAsync(100)|}.GetAwaiter().GetResult();
                Work();
                gate.Release();
            }
        """, """
            void M()
            {
                if (gate.WaitAsync(100).GetAwaiter().GetResult())
                {
                    Work();
                    gate.Release();
                }
            }
        """);

    [Fact]
    public Task Discards_vanish() => Fix("""
            async Task M()
            {
                _ = await gate.{|TW2006:WaitAsync(100)|};
                Work();
                gate.Release();
            }

            void N()
            {
                var _ = mutex.{|TW2006:WaitOne(100)|};
                Work();
                mutex.ReleaseMutex();
            }
        """, """
            async Task M()
            {
                if (await gate.WaitAsync(100))
                {
                    Work();
                    gate.Release();
                }
            }

            void N()
            {
                if (mutex.WaitOne(100))
                {
                    Work();
                    mutex.ReleaseMutex();
                }
            }
        """);

    [Fact]
    public Task A_named_answer_is_asked() => Fix("""
            void M()
            {
                var entered = rw.{|TW2006:TryEnterWriteLock(100)|};

                try
                {
                    Work();
                }
                finally
                {
                    rw.ExitWriteLock();
                }
            }
        """, """
            void M()
            {
                var entered = rw.TryEnterWriteLock(100);
                if (entered)
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        rw.ExitWriteLock();
                    }
                }
            }
        """);

    [Fact]
    public Task An_answer_by_reference_is_asked() => Fix("""
            void M()
            {
                bool taken = false;
                Monitor.{|TW2006:TryEnter(sync, 100, ref taken)|};
                try
                {
                    Work();
                }
                finally
                {
                    Monitor.Exit(sync);
                }
            }
        """, """
            void M()
            {
                bool taken = false;
                Monitor.TryEnter(sync, 100, ref taken);
                if (taken)
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        Monitor.Exit(sync);
                    }
                }
            }
        """);

    [Fact]
    public Task Inside_its_own_try() => Fix("""
            void M()
            {
                try
                {
                    gate.{|TW2006:Wait(100)|};

                    Work();
                }
                finally
                {
                    gate.Release();
                }
            }

            async Task N()
            {
                Work();

                try
                {
                    await gate.{|TW2006:WaitAsync(100)|};
                    await WorkAsync();
                }
                finally
                {
                    gate.Release();
                }

                Work();
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
            }

            async Task N()
            {
                Work();

                if (await gate.WaitAsync(100))
                {
                    try
                    {
                        await WorkAsync();
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                Work();
            }
        """);

    [Fact]
    public Task Inside_its_own_try_with_a_named_answer() => Fix("""
            void M()
            {
                bool taken = false;
                try
                {
                    Monitor.{|TW2006:TryEnter(sync, 100, ref taken)|};
                    Work();
                }
                finally
                {
                    Monitor.Exit(sync);
                }
            }

            void N()
            {
                try
                {
                    bool entered = rw.{|TW2006:TryEnterReadLock(100)|};
                    Work();
                }
                finally
                {
                    rw.ExitReadLock();
                }
            }
        """, """
            void M()
            {
                bool taken = false;
                Monitor.TryEnter(sync, 100, ref taken);
                if (taken)
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        Monitor.Exit(sync);
                    }
                }
            }

            void N()
            {
                if (rw.TryEnterReadLock(100))
                {
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        rw.ExitReadLock();
                    }
                }
            }
        """);

    [Fact]
    public Task Comments_stay_where_they_were() => Fix("""
            void M()
            {
                // Only one at a time.
                gate.{|TW2006:Wait(100 /* ms */)|}; // long enough
                // The work:
                Work(); // half

                /* the
                   rest */
                Work();
                gate.Release(); // done
                // After it.
            }

            void N()
            {
                // Before.
                try // try
                {
                    // Only one at a time.
                    gate.{|TW2006:Wait(100)|}; // long enough
                    Work(); // work
                }
                finally
                {
                    // Give it back.
                    gate.Release();
                } // end
            }
        """, """
            void M()
            {
                // Only one at a time.
                if (gate.Wait(100 /* ms */)) // long enough
                {
                    // The work:
                    Work(); // half

                    /* the
                       rest */
                    Work();
                    gate.Release(); // done
                }
                // After it.
            }

            void N()
            {
                // Before.
                // Only one at a time.
                if (gate.Wait(100)) // long enough
                {
                    try // try
                    {
                        Work(); // work
                    }
                    finally
                    {
                        // Give it back.
                        gate.Release();
                    } // end
                }
            }
        """);

    [Fact]
    public Task Each_region_has_its_own_condition() => Fix("""
            void M()
            {
                gate.{|TW2006:Wait(100)|};
                value++;
                gate.Release();
                Work();
                gate.{|TW2006:Wait(200)|};
                value--;
                gate.Release();
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    value++;
                    gate.Release();
                }
                Work();
                if (gate.Wait(200))
                {
                    value--;
                    gate.Release();
                }
            }
        """);

    [Fact]
    public Task Nested_acquires() => Fix("""
            void M()
            {
                gate.{|TW2006:Wait(100)|};
                try
                {
                    other.{|TW2006:Wait(100)|};
                    try
                    {
                        Work();
                    }
                    finally
                    {
                        other.Release();
                    }
                }
                finally
                {
                    gate.Release();
                }
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    try
                    {
                        if (other.Wait(100))
                        {
                            try
                            {
                                Work();
                            }
                            finally
                            {
                                other.Release();
                            }
                        }
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
            }
        """);

    [Fact]
    public Task Overlapping_acquires() => Fix("""
            void M()
            {
                gate.{|TW2006:Wait(100)|};
                other.{|TW2006:Wait(100)|};
                Work();
                other.Release();
                gate.Release();
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    if (other.Wait(100))
                    {
                        Work();
                        other.Release();
                    }
                    gate.Release();
                }
            }
        """);

    [Fact]
    public Task Early_way_out() => Fix("""
            void M(bool skip)
            {
                mutex.{|TW2006:WaitOne(100)|};
                if (skip)
                {
                    mutex.ReleaseMutex();
                    return;
                }

                Work();
                mutex.ReleaseMutex();
                Work();
            }
        """, """
            void M(bool skip)
            {
                if (mutex.WaitOne(100))
                {
                    if (skip)
                    {
                        mutex.ReleaseMutex();
                        return;
                    }

                    Work();
                    mutex.ReleaseMutex();
                }
                Work();
            }
        """);

    [Fact]
    public Task Released_in_each_branch() => Fix("""
            void M(int n)
            {
                gate.{|TW2006:Wait(100)|};
                if (n == 0)
                {
                    gate.Release();
                }
                else
                {
                    Work();
                    gate.Release();
                }

                gate.{|TW2006:Wait(100)|};
                switch (n)
                {
                    case 1:
                        gate.Release();
                        break;
                    default:
                        gate.Release();
                        break;
                }
            }
        """, """
            void M(int n)
            {
                if (gate.Wait(100))
                {
                    if (n == 0)
                    {
                        gate.Release();
                    }
                    else
                    {
                        Work();
                        gate.Release();
                    }
                }

                if (gate.Wait(100))
                {
                    switch (n)
                    {
                        case 1:
                            gate.Release();
                            break;
                        default:
                            gate.Release();
                            break;
                    }
                }
            }
        """);

    [Fact]
    public Task Branches_that_each_take_the_lock() => Fix("""
            void M(bool first)
            {
                if (first)
                {
                    gate.{|TW2006:Wait(100)|};
                    value++;
                    gate.Release();
                }
                else
                {
                    gate.{|TW2006:Wait(200)|};
                    value--;
                    gate.Release();
                }
            }
        """, """
            void M(bool first)
            {
                if (first)
                {
                    if (gate.Wait(100))
                    {
                        value++;
                        gate.Release();
                    }
                }
                else
                {
                    if (gate.Wait(200))
                    {
                        value--;
                        gate.Release();
                    }
                }
            }
        """);

    [Fact]
    public Task Switch_sections() => Fix("""
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        gate.{|TW2006:Wait(100)|};
                        Work();
                        gate.Release();
                        break;
                    case 2:
                        Work();
                        break;
                }
            }
        """, """
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        if (gate.Wait(100))
                        {
                            Work();
                            gate.Release();
                        }
                        break;
                    case 2:
                        Work();
                        break;
                }
            }
        """);

    [Fact]
    public Task Lambdas_and_local_functions() => Fix("""
            void M()
            {
                Func<Task> run = async () =>
                {
                    await gate.{|TW2006:WaitAsync(100)|};
                    await WorkAsync();
                    gate.Release();
                };
                Local();

                void Local()
                {
                    Monitor.{|TW2006:TryEnter(sync)|};
                    Work();
                    Monitor.Exit(sync);
                }
            }
        """, """
            void M()
            {
                Func<Task> run = async () =>
                {
                    if (await gate.WaitAsync(100))
                    {
                        try
                        {
                            await WorkAsync();
                        }
                        finally
                        {
                            gate.Release();
                        }
                    }
                };
                Local();

                void Local()
                {
                    if (Monitor.TryEnter(sync))
                    {
                        Work();
                        Monitor.Exit(sync);
                    }
                }
            }
        """);

    [Fact]
    public Task A_value_is_returned_behind_the_region_all_the_same() => Fix("""
            int M()
            {
                gate.{|TW2006:Wait(100)|};
                try
                {
                    if (value > 0)
                    {
                        return value;
                    }
                }
                finally
                {
                    gate.Release();
                }

                return -1;
            }
        """, """
            int M()
            {
                if (gate.Wait(100))
                {
                    try
                    {
                        if (value > 0)
                        {
                            return value;
                        }
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                return -1;
            }
        """);

    [Fact]
    public Task Iterators_and_loops() => Fix("""
            IEnumerable<int> M(int[] items)
            {
                foreach (var item in items)
                {
                    gate.{|TW2006:Wait(100)|};
                    try
                    {
                        yield return item;
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
            }
        """, """
            IEnumerable<int> M(int[] items)
            {
                foreach (var item in items)
                {
                    if (gate.Wait(100))
                    {
                        try
                        {
                            yield return item;
                        }
                        finally
                        {
                            gate.Release();
                        }
                    }
                }
            }
        """);

    [Fact]
    public Task Own_names_go_along() => Fix("""
            void M()
            {
                gate.{|TW2006:Wait(100)|};
                var copy = value;
                using var stream = new MemoryStream();
                Add(copy);
                gate.Release();

                void Add(int n) => value += n;
            }
        """, """
            void M()
            {
                if (gate.Wait(100))
                {
                    var copy = value;
                    using var stream = new MemoryStream();
                    Add(copy);
                    gate.Release();
                }

                void Add(int n) => value += n;
            }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Fix<TW2006WrapInIf>("TW2006", """
        using var mutex = new Mutex(false, "Global\\Only");
        mutex.{|TW2006:WaitOne(1000)|};
        try
        {
            Console.WriteLine(args.Length);
        }
        finally
        {
            mutex.ReleaseMutex();
        }

        sealed class D;
        """, """
        using var mutex = new Mutex(false, "Global\\Only");
        if (mutex.WaitOne(1000))
        {
            try
            {
                Console.WriteLine(args.Length);
            }
            finally
            {
                mutex.ReleaseMutex();
            }
        }

        sealed class D;
        """, 0, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);
}
