using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>Sources that every analyzer must come to terms with, whatever rules there are.</summary>
internal static class Snippets
{
    /// <summary>The violations sample: code that is reported.</summary>
    public static ImmutableArray<(string Name, string Text)> Violations { get; } =
        [.. RuleClass.FilesWithId("samples", "Violations").Select(static file => (file, File.ReadAllText(Repository.PathOf("samples", "Violations", file))))];

    /// <summary>Members that call themselves and each other, directly, through lambdas, local functions, accessors and constructors, locks in hand.</summary>
    public static string Recursion => """
        class Recursive
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            private static readonly object s_lock = new();
            private static int s_count;
            private static readonly Func<int, int> s_f = n => { s_gate.Wait(); try { return s_f!(n - 1); } finally { s_gate.Release(); } };

            public Recursive() : this(1) { }
            public Recursive(int n) { Monitor.Enter(s_lock); try { _ = new Recursive(n - 1); } finally { Monitor.Exit(s_lock); } }

            public int Property { get { Monitor.Enter(s_lock); try { return Property; } finally { Monitor.Exit(s_lock); } } set => Property = value; }
            public int this[int i] { get => this[i + 1]; set { s_gate.Wait(); this[i] = value; s_gate.Release(); } }
            public event Action Changed { add { Changed += value; } remove { Changed -= value; } }

            public async Task Direct(CancellationToken token)
            {
                try { await s_gate.WaitAsync(token); await Direct(token); }
                finally { s_gate.Release(); }
            }

            public void Ping() { Monitor.Enter(s_lock); Pong(); Monitor.Exit(s_lock); }
            public void Pong() { Monitor.Exit(s_lock); Ping(); Monitor.Enter(s_lock); }

            public void Locals()
            {
                A();
                void A() { s_gate.Wait(); B(); }
                void B() { s_gate.Release(); A(); C(() => B()); }
                void C(Action f) { f(); C(() => { Interlocked.Increment(ref s_count); C(f); Locals(); }); }
            }

            public void Threads() => new Thread(async () => { Threads(); await Task.Yield(); Interlocked.Exchange(ref s_count, s_count); }).Start();
            public T Generic<T>(T t) where T : IComparable<T> => new Thread(() => Generic(Generic(t))) is { } ? Generic(t) : t;
            public IEnumerable<int> Iterator() { s_gate.Wait(); try { foreach (var i in Iterator()) yield return i; } finally { s_gate.Release(); } }
            public static Recursive operator +(Recursive a, Recursive b) { lock (s_lock) return a + b; }
            ~Recursive() { Monitor.TryEnter(s_lock); Monitor.Exit(s_lock); }
        }

        class Curious<T> : Base<Curious<Curious<T>>> { protected override void M() { Monitor.Enter(this); M(); base.M(); Monitor.Exit(this); } }
        class Base<T> { protected virtual void M() { lock (this) M(); } }
        class Cyclic : Cyclic2 { } class Cyclic2 : Cyclic { void M() { Monitor.Enter(this); M(); } }
        """;

    /// <summary>Broken sources: hopeless text, and each violation and the recursion cut off and bitten into at many places.</summary>
    public static IEnumerable<string> Broken()
    {
        yield return "";
        yield return "class";
        yield return "{{{{{{{{{{";
        yield return ")]}>";
        yield return "class C { void M() { lock (";
        yield return "class C { void M() { Monitor.Enter(; try { finally } } }";
        yield return "class C { void M() { try { await gate.WaitAsync( } finally { gate.Release( } } }";
        yield return "class C { SemaphoreSlim g; void M() { g.Wait(g.Wait(g.Release())); g.Release(1, 2, 3); Monitor.Enter(); Monitor.Enter(ref g, out, in); Monitor.TryEnter(g, , ); } }";
        yield return "class C { void M() { new Thread(; new Thread(async => ).Start(; Task.Run(async; Interlocked.Increment(ref ); Interlocked.Exchange(ref this, default); } }";
        yield return "class C { void M() { await foreach (var x in ) Monitor.Exit(x); goto nowhere; break; continue; yield return; yield break; } }";
        yield return "Monitor.Enter(x); class C { } Monitor.Exit(y); return; await z;";
        yield return "class C : C { C() : this() { Monitor.Enter(this); } } class C { } interface I : I { } enum E { A = Monitor.Enter(1) }";
        yield return "class C { int x = Monitor.Enter(x); object o = new object { A = Interlocked.Add(ref o, o) }; string P { get; set => Monitor.Exit(field); } }";
        yield return "sealed class Node { public Node next; public Node() { } public Node(Node n) next { = n; } } class C { Node head; void M() { var old = head; System.Threading.Interlocked.CompareExchange(ref head, new Node(old), old); } }";
        yield return "#if X\nclass C {\n#else\nclass C { void M() { Monitor.Enter(this);\n#endif\n#region\n#line oops\n#pragma warning disable";
        foreach (var text in Violations.Select(static file => file.Text).Append(Recursion))
        {
            for (var i = 1; i < 12; i++)
            {
                var at = text.Length * i / 12;
                yield return text[..at];
                yield return text.Remove(at, Math.Min(i, text.Length - at));
                yield return text.Insert(at, i % 2 == 0 ? "}" : "(");
            }
        }
    }
}
