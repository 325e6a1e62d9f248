namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>
/// The class that one-line traps stand in: one lock of each kind, and work behind an interface, so that nobody can see that it does not throw.
/// The locks are written by distinct names: a trap that needs two of a kind takes <c>gate</c> and <c>other</c>, <c>sync</c> and <c>peer</c>.
/// </summary>
internal static class Snippet
{
    public static string Sync(string statements) => Class($"public void M(bool condition, int number, string text, CancellationToken ct) {{ {statements} }}");

    public static string Async(string statements) => Class($"public async Task M(bool condition, int number, string text, CancellationToken ct) {{ {statements} }}");

    public static string Iterator(string statements) =>
        Class($"public IEnumerable<int> M(bool condition, int number, string text, CancellationToken ct) {{ {statements} }}");

    public static string AsyncIterator(string statements) =>
        Class($"public async IAsyncEnumerable<int> M(bool condition, int number, string text) {{ CancellationToken ct = CancellationToken.None; {statements} }}");

    public static string Class(string members) => $$"""
        using System.Diagnostics.CodeAnalysis;

        public interface IWork : IAsyncDisposable
        {
            void Do();
            bool Ask();
            Task DoAsync();
            IAsyncEnumerable<int> Stream();
        }

        public sealed class C(IWork work)
        {
            private static readonly object Shared = new();
            private readonly object sync = new();
            private readonly object peer = new();
            private readonly Lock modern = new();
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly SemaphoreSlim other = new(1, 1);
            private readonly SemaphoreSlim throttle = new(4, 4);
            private readonly SemaphoreSlim signal = new(0);
            private readonly Semaphore kernel = new(1, 1);
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim rw = new();
            private readonly ReaderWriterLock old = new();
            private SpinLock spin = new(true);

            {{members}}
        }
        """;
}
