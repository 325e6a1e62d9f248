using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2108Tests
{
    [Theory]
    [InlineData("class C { int n; void M() { lock (this) n++; } }")]
    [InlineData("internal class C { int n; public void M() { lock (this) n++; } }")]
    [InlineData("class A { public class C { int n; public void M() { lock (this) n++; } } }")]
    [InlineData("public class A { private class C { int n; public void M() { lock (this) n++; } } }")]
    [InlineData("public class A { internal class C { int n; public void M() { lock (this) n++; } } }")]
    [InlineData("public class A { private protected class C { int n; public void M() { lock (this) n++; } } }")]
    [InlineData("file class C { int n; public void M() { lock (this) n++; } }")]
    [InlineData("public class C { int n; readonly object gate = new(); public void M() { lock (gate) n++; } }")]
    [InlineData("public class C { int n; protected readonly object gate = new(); public void M() { lock (gate) n++; } }")]
    [InlineData("public class C { int n; internal readonly object gate = new(); public void M() { lock (gate) n++; } }")]
    [InlineData("public class C { int n; public readonly object SyncRoot = new(); public void M() { lock (SyncRoot) n++; } }")]
    [InlineData("public class C { int n; public object SyncRoot => this; public void M() { lock (this) n++; } }")]
    [InlineData("public abstract class C : ICollection { int n; object ICollection.SyncRoot => this; public abstract bool IsSynchronized { get; } public abstract int Count { get; } public abstract void CopyTo(Array a, int i); public abstract IEnumerator GetEnumerator(); public void M() { lock (this) n++; } }")]
    [InlineData("public class B { public object SyncRoot => this; } public class C : B { int n; public void M() { lock (this) n++; } }")]
    [InlineData("public class C { int n; readonly object gate = new(); public object Gate => gate; public void M() { lock (gate) n++; } }")]
    [InlineData("public class C { int n; public void M(C other) { lock (other) n++; } }")]
    [InlineData("public class C { public void M(List<int> list) { lock (list) list.Add(1); } }")]
    [InlineData("public class D { public object Gate = new(); } public class C { int n; public void M(D d) { lock (d.Gate) n++; } }")]
    [InlineData("public class C { int n; public readonly object Gate = new(); public void M() { n++; } }")]
    [InlineData("public class C { int n; static readonly object s_gate = new(); public void M() { lock (s_gate) n++; } }")]
    [InlineData("public struct S { int n; static readonly object s_gate = new(); public void M() { lock (s_gate) n++; } }")]
    [InlineData("public class C { int n; public void M() { var gate = new object(); Task.Run(() => { lock (gate) n++; }); } }")]
    [InlineData("internal class A { public class B { protected class C { int n; public void M() { lock (this) n++; } } } }")]
    [InlineData("public class C { int n; public readonly SemaphoreSlim Gate = new(1, 1); public void M() { Gate.Wait(); n++; Gate.Release(); } }")]
    [InlineData("public class C { int n; public void M() { lock (typeof(C).Name.ToCharArray()) n++; } }")]
    public Task Innocent(string source) => Verify.Rule("TW2108", "using System.Collections;\n" + source);

    [Theory]
    [InlineData("public class C { int n; public void M() { lock ({|TW2108:this|}) n++; } }")]
    [InlineData("public sealed class C { int n; void M() { lock (({|TW2108:this|})) n++; } }")]
    [InlineData("public class C { int n; void M() { lock ((object){|TW2108:this|}) n++; } }")]
    [InlineData("public class C { int n; void M() { Monitor.Enter({|TW2108:this|}); try { n++; } finally { Monitor.Exit(this); } } }")]
    [InlineData("public class C { int n; void A() { lock ({|TW2108:this|}) n++; } void B() { lock (this) n--; } }")]
    [InlineData("public class C<T> { int n; int P { get { lock ({|TW2108:this|}) return n; } } }")]
    [InlineData("public class A { public class C { int n; void M() { lock ({|TW2108:this|}) n++; } } }")]
    [InlineData("public class A { protected class C { int n; void M() { lock ({|TW2108:this|}) n++; } } }")]
    [InlineData("public record R(int X) { int n; public void M() { lock ({|TW2108:this|}) n++; } }")]
    [InlineData("public interface I { void M() { lock ({|TW2108:this|}) { } } }")]
    [InlineData("public class C { int n; void M() { Task.Run(() => { lock ({|TW2108:this|}) n++; }); } }")]
    [InlineData("public class C { int n; public readonly object Gate = new(); public void M() { lock ({|TW2108:Gate|}) n++; } }")]
    [InlineData("public class C { int n; public static readonly object Gate = new(); public void M() { lock ({|TW2108:Gate|}) n++; } }")]
    [InlineData("public partial class C { int n; void A() { lock ({|TW2108:this|}) n++; } } partial class C { void B() { lock (this) n--; } }")]
    [InlineData("public class C { int n; public readonly Lock Gate = new(); public void M() { lock ({|TW2108:Gate|}) n++; } }")]
    [InlineData("public class C { public readonly object Gate = new(); public void M() { lock ({|TW2108:Gate|}) lock ({|TW2108:this|}) { } } }")]
    public Task Guilty(string source) => Verify.Rule("TW2108", source);

    /// <summary>A string is the shared object, whoever can reach the field.</summary>
    [Fact]
    public Task The_rule_on_shared_objects_speaks_first() => Verify.Rule("TW2108", "public class C { public const string Gate = \"gate\"; public void M() { lock ({|TW2101:Gate|}) { } } }");
}
