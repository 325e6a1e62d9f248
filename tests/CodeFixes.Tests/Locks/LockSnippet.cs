using System.Linq;
using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>
/// The class that the fix tests of this family put statements into. Its work is behind an interface, so that nobody can see that it does not throw.
/// </summary>
internal static class LockSnippet
{
    /// <summary>Statements of a method are repaired to other statements.</summary>
    public static Task Fix(string before, string after) => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Async(before), Async(after));

    /// <summary>The same in a method that is not <c>async</c>, so that locks which belong to a thread may be held in it.</summary>
    public static Task FixSync(string before, string after) => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Sync(before), Sync(after));

    /// <summary>Members of the class are repaired to other members.</summary>
    public static Task FixMembers(string before, string after) => Verify.Fix<TW2003ReleaseOnlyAcquired>("TW2003", Class(before), Class(after));

    public static Task NoFix(string statements) => Verify.NoFix<TW2003ReleaseOnlyAcquired>("TW2003", Async(statements));

    public static Task NoFixSync(string statements) => Verify.NoFix<TW2003ReleaseOnlyAcquired>("TW2003", Sync(statements));

    public static string Async(string statements) => Method("async Task", statements);

    public static string Sync(string statements) => Method("void", statements);

    public static string Class(string members) => $$"""
        interface IWork
        {
            void Do();
            bool Ask();
            Task DoAsync();
            Task<int> CountAsync();
        }

        sealed class C(IWork work)
        {
            private readonly object sync = new();
            private readonly Lock modern = new();
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly SemaphoreSlim other = new(1, 1);
            private readonly Semaphore kernel = new(1, 1);
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim rw = new();
            private int count;

        {{Indented(members, "    ")}}
        }
        """;

    private static string Method(string result, string statements) => Class($$"""
        {{result}} M(bool condition, int number, string text, CancellationToken ct)
        {
        {{Indented(statements, "    ")}}
        }
        """);

    private static string Indented(string text, string indent) =>
        string.Join("\n", text.Split('\n').Select(line => string.IsNullOrWhiteSpace(line) ? line : indent + line));
}
