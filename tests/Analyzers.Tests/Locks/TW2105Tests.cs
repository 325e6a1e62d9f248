using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2105Tests
{
    [Theory]
    [InlineData("void M() { var t = false; spin.Enter(ref t); spin.Exit(); }")]
    [InlineData("void M() { var t = false; this.spin.TryEnter(ref t); if (t) spin.Exit(false); }")]
    [InlineData("static SpinLock shared; void M() { var t = false; shared.Enter(ref t); shared.Exit(); }")]
    [InlineData("static SpinLock shared = new(false); static C() { var t = false; shared.Enter(ref t); shared.Exit(); }")]
    [InlineData("void M() => Use(ref spin); static void Use(ref SpinLock s) { var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M() { ref var s = ref spin; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M() { ref SpinLock s = ref locks[0]; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M(int i) { var t = false; locks[i].Enter(ref t); locks[i].Exit(); }")]
    [InlineData("void M() { var t = false; slots[1].Lock.Enter(ref t); slots[1].Lock.Exit(); }")]
    [InlineData("void M() { var t = false; slot.Lock.Enter(ref t); slot.Lock.Exit(); }")]
    [InlineData("void M() { var t = false; box.Lock.Enter(ref t); box.Lock.Exit(); }")]
    [InlineData("void M() { foreach (ref var s in slots.AsSpan()) { var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); } }")]
    [InlineData("void M() { foreach (var b in new[] { box }) { var t = false; b.Lock.Enter(ref t); b.Lock.Exit(); } }")]
    [InlineData("void M() { var s = new SpinLock(false); Parallel.For(0, 9, _ => { var t = false; s.Enter(ref t); s.Exit(); }); }")]
    [InlineData("void M() { SpinLock s = default; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("static SpinLock Make() => new(false); void M() { var s = Make(); var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("bool Snapshot() { var s = spin; return s.IsHeld; }")]
    [InlineData("bool Snapshot() => All().Any(static s => s.IsHeld); IEnumerable<SpinLock> All() { foreach (var s in locks) yield return s; }")]
    [InlineData("void M() => Console.WriteLine($\"{spin} {spin.IsHeld}\");")]
    [InlineData("bool M(object o) => spin.Equals(o) || Equals(spin, o);")]
    [InlineData("public C(SpinLock s) { spin = s; }")]
    [InlineData("public C() { spin = new SpinLock(true); }")]
    [InlineData("public void Reset() { spin = default; }")]
    [InlineData("static ref SpinLock At(SpinLock[] all, int i) => ref all[i]; void M() { var t = false; At(locks, 1).Enter(ref t); At(locks, 1).Exit(); }")]
    [InlineData("ref SpinLock Lock => ref spin; void M() { var t = false; Lock.Enter(ref t); Lock.Exit(); }")]
    [InlineData("void M(Span<SpinLock> all) { var t = false; all[0].Enter(ref t); all[0].Exit(); }")]
    [InlineData("readonly SpinLock hidden = new(false); void M() { var t = false; System.Runtime.CompilerServices.Unsafe.AsRef(in hidden).Enter(ref t); }")]
    [InlineData("void M(SpinLock s) { Parallel.For(0, 9, _ => { var t = false; s.Enter(ref t); s.Exit(); }); }")]
    [InlineData("void M(SpinLock s) { s = new SpinLock(); var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("bool M(in SpinLock s) => s.IsHeld;")]
    [InlineData("readonly SpinWait wait; void M() => wait.SpinOnce();")]
    [InlineData("readonly Box mine = new(); void M() { var t = false; mine.Lock.Enter(ref t); mine.Lock.Exit(); }")]
    [InlineData("readonly SpinLock[] own = new SpinLock[4]; void M() { var t = false; own[0].Enter(ref t); own[0].Exit(); }")]
    [InlineData("void Grow() { var more = new Slot[8]; for (var i = 0; i < slots.Length; i++) more[i] = slots[i]; slots = more; }")]
    [InlineData("unsafe void M(SpinLock* p) { var t = false; p->Enter(ref t); p->Exit(); }")]
    [InlineData("void Misses_what_the_call_does_with_the_box() => Use(spin); static void Use(object o) => GC.KeepAlive(o);")]
    [InlineData("Slot Fresh => new(); void M() { var s = Fresh; Parallel.For(0, 9, _ => { var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }); }")]
    [InlineData("void M(Span<Slot> all) { ref var s = ref all[0]; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("void Misses_the_copy_that_an_out_argument_gives(Dictionary<int, Slot> all) { if (all.TryGetValue(1, out var s)) { var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); } }")]
    public Task Innocent(string members) => Verify.Rule("TW2105", Class(members));

    [Theory]
    [InlineData("readonly SpinLock {|TW2105:mine|} = new(false);")]
    [InlineData("static readonly SpinLock {|TW2105:mine|} = new(false); void M() { var t = false; mine.Enter(ref t); mine.Exit(); }")]
    [InlineData("readonly SpinLock {|TW2105:mine|}; void M() { var t = false; mine.TryEnter(1, ref t); }")]
    [InlineData("readonly struct R { readonly SpinLock {|TW2105:mine|}; }")]
    [InlineData("void M(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M(SpinLock {|TW2105:s|}) { var t = false; try { s.Enter(ref t); } finally { if (t) s.Exit(); } t = false; s.TryEnter(ref t); }")]
    [InlineData("void M(in SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M(ref readonly SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M(Slot {|TW2105:s|}) { var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("void M() { Use(spin); static void Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); } }")]
    [InlineData("Action<SpinLock> a = {|TW2105:s|} => { var t = false; s.Enter(ref t); };")]
    [InlineData("void M() { var s = {|TW2105:spin|}; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M() { var s = {|TW2105:locks[3]|}; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("object M() => {|TW2105:spin|};")]
    [InlineData("void M(List<Slot> all) { var s = {|TW2105:all[3]|}; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("void M(Dictionary<string, Slot> all) { var s = {|TW2105:all[\"a\"]|}; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("void M(Span<Slot> all) { var s = {|TW2105:all[0]|}; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("Slot Current { get; set; } void M() { var s = {|TW2105:Current|}; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("class Table<T> { struct Row { public SpinLock Lock; public T Value; } readonly List<Row> rows = new(); void M() { var row = {|TW2105:rows[0]|}; var t = false; row.Lock.Enter(ref t); row.Lock.Exit(); } }")]
    [InlineData("void M() { var s = {|TW2105:slots[3]|}; var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); }")]
    [InlineData("void M(object o) { var s = {|TW2105:(SpinLock)o|}; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("void M(object o) { var t = false; ({|TW2105:(SpinLock)o|}).Enter(ref t); }")]
    [InlineData("void M() { foreach (var {|TW2105:s|} in slots) { var t = false; s.Lock.Enter(ref t); s.Lock.Exit(); } }")]
    [InlineData("void M() { foreach (var {|TW2105:s|} in locks) Task.Run(() => { var t = false; s.Enter(ref t); }); }")]
    [InlineData("SpinLock Lock { get; set; } void M() { var t = false; {|TW2105:Lock|}.Enter(ref t); Lock.Exit(); }")]
    [InlineData("SpinLock Lock => spin; void M() { var t = false; {|TW2105:this.Lock|}.Enter(ref t); }")]
    [InlineData("SpinLock Get() => spin; void M() { var t = false; {|TW2105:Get()|}.Enter(ref t); }")]
    [InlineData("List<Slot> list = new(); void M() { var t = false; {|TW2105:list[0]|}.Lock.Enter(ref t); }")]
    [InlineData("void M(ReadOnlySpan<SpinLock> all) { var t = false; {|TW2105:all[0]|}.Enter(ref t); }")]
    [InlineData("readonly Slot own; void M() { var t = false; {|TW2105:own.Lock|}.Enter(ref t); }")]
    [InlineData("struct S { SpinLock l; readonly void M() { var t = false; {|TW2105:l|}.Enter(ref t); } }")]
    [InlineData("void M(C other) { spin = {|TW2105:other.spin|}; }")]
    [InlineData("sealed class User(SpinLock s) { bool Is => s.IsHeld; } object M() => new User({|TW2105:spin|});")]
    [InlineData("void M() { Monitor.Enter({|TW2105:spin|}); }")]
    [InlineData("object? o; void M() { o = {|TW2105:spin|}; }")]
    public Task Guilty(string members) => Verify.Rule("TW2105", Class(members));

    /// <summary>What the methods of a struct do with the lock in it is not followed.</summary>
    [Fact]
    public Task Misses_a_struct_that_locks_itself_in_a_readonly_field() => Verify.Rule("TW2105", Class("""
        readonly Own own;
        void M() => own.Add();
        struct Own { SpinLock l; int n; public void Add() { var t = false; l.Enter(ref t); n++; l.Exit(); } }
        """));

    private static string Class(string members) => $$"""
        struct Slot { public SpinLock Lock; public int Value; }
        class Box { public SpinLock Lock; }

        class C
        {
            private SpinLock spin = new(false);
            private SpinLock[] locks = new SpinLock[4];
            private Slot[] slots = new Slot[4];
            private Slot slot;
            private Box box = new();

            {{members}}
        }
        """;
}
