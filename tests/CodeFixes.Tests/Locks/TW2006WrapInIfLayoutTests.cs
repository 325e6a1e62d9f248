using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>The edit writes as the author does and leaves their lines alone.</summary>
public class TW2006WrapInIfLayoutTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW2006WrapInIf>("TW2006", before, after);

    private static Task FixLine(string before, string after) => Fix(TW2006WrapInIfTests.Class(before), TW2006WrapInIfTests.Class(after));

    [Theory]
    [InlineData(
        "void M() { gate.{|TW2006:Wait(100)|}; try { Work(); } finally { gate.Release(); } }",
        "void M() { if (gate.Wait(100)) { try { Work(); } finally { gate.Release(); } } }")]
    [InlineData(
        "void M() { gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); Work(); }",
        "void M() { if (gate.Wait(100)) { Work(); gate.Release(); } Work(); }")]
    [InlineData(
        "void M() { var entered = gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); }",
        "void M() { var entered = gate.Wait(100); if (entered) { Work(); gate.Release(); } }")]
    [InlineData(
        "void M() { try { gate.{|TW2006:Wait(100)|}; Work(); } finally { gate.Release(); } }",
        "void M() { if (gate.Wait(100)) { try { Work(); } finally { gate.Release(); } } }")]
    [InlineData(
        "void M() { try { gate.{|TW2006:Wait(100)|}; } finally { gate.Release(); } }",
        "void M() { if (gate.Wait(100)) { try { } finally { gate.Release(); } } }")]
    [InlineData(
        "void M() {gate.{|TW2006:Wait(100)|};/* a */Work();gate.Release();}",
        "void M() {if (gate.Wait(100))/* a */{ Work();gate.Release(); }}")]
    [InlineData(
        "void M() { bool taken = false; Monitor.{|TW2006:TryEnter(sync, ref taken)|}; value++; Monitor.Exit(sync); }",
        "void M() { bool taken = false; Monitor.TryEnter(sync, ref taken); if (taken) { value++; Monitor.Exit(sync); } }")]
    public Task On_one_line(string before, string after) => FixLine(before, after);

    [Fact]
    public Task Braces_at_the_end_of_the_line_and_two_spaces() => Fix("""
        class C {
          private readonly SemaphoreSlim gate = new(1, 1);
          void M() {
            gate.{|TW2006:Wait(100)|}; // patience
            try {
              Console.WriteLine( "x" );
            } finally {
              gate.Release();
            }
          }
          void N() {
            try {
              gate.{|TW2006:Wait(100)|};
              Console.WriteLine( "x" );
            } finally {
              gate.Release();
            }
          }
        }
        """, """
        class C {
          private readonly SemaphoreSlim gate = new(1, 1);
          void M() {
            if (gate.Wait(100)) { // patience
              try {
                Console.WriteLine( "x" );
              } finally {
                gate.Release();
              }
            }
          }
          void N() {
            if (gate.Wait(100)) {
              try {
                Console.WriteLine( "x" );
              } finally {
                gate.Release();
              }
            }
          }
        }
        """);

    [Fact]
    public Task Tabs_and_carriage_returns()
    {
        const string Before = "class C\n{\n\tprivate readonly SemaphoreSlim gate = new(1, 1);\n\tvoid M()\n\t{\n\t\tgate.{|TW2006:Wait(100)|};\n\t\tConsole.WriteLine(1);\n\t\tgate.Release();\n\t}\n}\n";
        const string After = "class C\n{\n\tprivate readonly SemaphoreSlim gate = new(1, 1);\n\tvoid M()\n\t{\n\t\tif (gate.Wait(100))\n\t\t{\n\t\t\tConsole.WriteLine(1);\n\t\t\tgate.Release();\n\t\t}\n\t}\n}\n";
        return Fix(Before.Replace("\n", "\r\n"), After.Replace("\n", "\r\n"));
    }

    [Fact]
    public Task Lines_within_strings_do_not_move() => Fix("""""
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(int n)
            {
                gate.{|TW2006:Wait(100)|};

                Console.WriteLine(@"one
            two");
                Console.WriteLine($"""
                    {n}
                    {n +
                      1}
                    """);
            #region odd
                Console.WriteLine(
                    n);

            #endregion
        // at the margin
                gate.Release();
            }
        }
        """"", """""
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(int n)
            {
                if (gate.Wait(100))
                {
                    Console.WriteLine(@"one
            two");
                    Console.WriteLine($"""
                    {n}
                    {n +
                          1}
                    """);
            #region odd
                    Console.WriteLine(
                        n);

            #endregion
        // at the margin
                    gate.Release();
                }
            }
        }
        """"");

    [Fact]
    public Task Mixed_lines() => Fix("""
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(int n)
            {
                gate.{|TW2006:Wait(100)|}; try
                {
                    Console.WriteLine(n);
                }
                finally { gate.Release(); }
            }
            void N(int n)
            {
                gate.{|TW2006:Wait(100)|};
                Console.WriteLine(n);
                gate.Release(); Console.WriteLine(n);
            }
            void O(int n)
            {
                var entered = gate.{|TW2006:Wait(100)|}; Console.WriteLine(n);
                gate.Release(); }
        }
        """, """
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(int n)
            {
                if (gate.Wait(100))
                {
                    try
                    {
                        Console.WriteLine(n);
                    }
                    finally { gate.Release(); }
                }
            }
            void N(int n)
            {
                if (gate.Wait(100))
                {
                    Console.WriteLine(n);
                    gate.Release();
                } Console.WriteLine(n);
            }
            void O(int n)
            {
                var entered = gate.Wait(100);
                if (entered)
                {
                    Console.WriteLine(n);
                    gate.Release();
                } }
        }
        """);

    [Fact]
    public Task An_acquire_over_several_lines() => Fix("""
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(CancellationToken ct)
            {
                gate
                    .{|TW2006:Wait|}(
                        TimeSpan.FromSeconds(1), // long
                        ct);
                Console.WriteLine(1);
                gate.Release();
            }
        }
        """, """
        class C
        {
            private readonly SemaphoreSlim gate = new(1, 1);
            void M(CancellationToken ct)
            {
                if (gate
                    .Wait(
                        TimeSpan.FromSeconds(1), // long
                        ct))
                {
                    Console.WriteLine(1);
                    gate.Release();
                }
            }
        }
        """);
}
