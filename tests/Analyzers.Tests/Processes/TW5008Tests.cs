using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5008Tests
{
    [Theory]
    [InlineData("void M() { _view.Write(0, 1L); _view.{|TW5008:Write(4, 2)|}; }")]
    [InlineData("void M() { _view.{|TW5008:Write(4, 2)|}; _view.Write(0, 1L); }")]
    [InlineData("void M(double d) { _view.Write(8, d); _view.{|TW5008:Write(12, true)|}; }")]
    [InlineData("long Total { get => _view.ReadInt64(4); set => _view.Write(4, value); } int Flags { get => _view.ReadInt32(8); set => _view.{|TW5008:Write(8, value)|}; }")]
    [InlineData("const int CountAt = 0, SumAt = 4, NextAt = 8; void M(int n, long s) { _view.Write(CountAt, n); _view.Write(SumAt, s); _view.{|TW5008:Write(NextAt, n)|}; }")]
    [InlineData("void M(Pair p, long l) { _view.Write(0, ref p); _view.{|TW5008:Write(4, l)|}; }")]
    [InlineData("void M(int[] all) { _view.WriteArray(0, all, 0, 4); _view.{|TW5008:Write(12, 1L)|}; }")]
    [InlineData("void M() { Head(1L); Tail(2); } void Head(long l) => _view.Write(0, l); void Tail(int i) => _view.{|TW5008:Write(4, i)|};")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(4, 8); v.{|TW5008:Write(0, 2)|}; _map.CreateViewAccessor(0, 8).Write(0, 1L); }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateNew(null, 64); using var v = map.CreateViewAccessor(); v.Write(0, 1L); v.{|TW5008:Write(4, 2)|}; }")]
    [InlineData("async Task M() { _view.Write(0, 1L); await Task.Yield(); _view.{|TW5008:Write(4, 2)|}; }")]
    [InlineData("Action M() => () => { _view.Write(0, 1L); _view.{|TW5008:Write(4, 2)|}; };")]
    [InlineData("void M<T>(List<T> all) { _view.Write(0, (long)all.Count); _view.{|TW5008:Write(4, all.Count)|}; }")]
    [InlineData("void M() { _view.Write(0, 1L); } int N() => _view.{|TW5008:ReadInt32(4)|};")]
    public Task Begins_within_another(string members) => In(members);

    [Theory]
    [InlineData("void M() { _view.Write(0, 5); } int N() => _view.{|TW5008:ReadByte(0)|};")]
    [InlineData("void M(long l) { _view.Write(8, l); } int N() => _view.{|TW5008:ReadInt32(8)|};")]
    [InlineData("void M(float f) { _view.Write(0, f); } int N() => _view.{|TW5008:ReadInt32(0)|};")]
    [InlineData("void M(float f) { _view.Write(0, f); } double N() => _view.{|TW5008:ReadDouble(0)|};")]
    [InlineData("long Value { get => _view.{|TW5008:ReadInt64(16)|}; set => _view.Write(16, (int)value); }")]
    [InlineData("void M(Kind k) { _view.Write(0, (int)k); } Kind N() { _view.{|TW5008:Read<Small>(0, out var s)|}; return (Kind)s; } enum Kind { A } enum Small : byte { A }")]
    public Task Read_as_another_type(string members) => In(members);

    [Theory]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(0, 8); v.{|TW5008:Write(8, 1)|}; }")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(0, 8); v.{|TW5008:Write(6, 1)|}; }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateNew(null, 4); using var v = map.CreateViewAccessor(); v.{|TW5008:Write(0, 1L)|}; }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen(\"m\", sizeof(int)); using var v = map.CreateViewAccessor(); var n = v.{|TW5008:ReadInt32(4)|}; }")]
    [InlineData("void M() { using var v = Open().CreateViewAccessor(); v.{|TW5008:Write(16, 1)|}; } static MemoryMappedFile Open() => Make(); static MemoryMappedFile Make() => MemoryMappedFile.CreateNew(null, 16);")]
    [InlineData("void M(int[] all) { using var v = _map.CreateViewAccessor(0, 8); v.{|TW5008:WriteArray(0, all, 0, 3)|}; }")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(0, 8); Put(v); } private static void Put(MemoryMappedViewAccessor view) => view.{|TW5008:Write(8, 1)|};")]
    public Task Past_the_end(string members) => In(members);

    [Theory]
    [InlineData("void M(Named n) { _view.Write(0, ref n); } struct {|TW5008:Named|} { public int Id; public string Name; }")]
    [InlineData("void M() { _view.Read(0, out Named n); } struct {|TW5008:Named|} { public int Id; public int[] Values; }")]
    [InlineData("void M(Outer[] all) { _view.WriteArray(0, all, 0, all.Length); } struct {|TW5008:Outer|} { public Inner In; } struct Inner { public object Tag; }")]
    [InlineData("void M((int, string) pair) => _view.{|TW5008:Write(0, ref pair)|};")]
    [InlineData("void M(KeyValuePair<string, int> pair) { _view.{|TW5008:Write(0, ref pair)|}; _view.Write(0, ref pair); }")]
    public Task Holds_references(string members) => In(members);

    [Fact]
    public Task A_struct_that_two_types_name_is_reported_where_it_is_used() => In("void M(Named n) => _view.{|TW5008:Write(0, ref n)|}; struct Named { public string Name; } class D { Named _named; }");

    [Fact]
    public Task Of_a_field_in_another_part() => Verify.Rule("TW5008", """
        using System.IO.MemoryMappedFiles;
        partial class C
        {
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateNew(null, 64).CreateViewAccessor();
        }

        partial class C
        {
            void M() { _view.Write(0, 1L); _view.{|TW5008:Write(4, 2)|}; }
        }
        """);

    [Theory]
    [InlineData("void M() { _view.Write(0, 1L); _view.Write(8, 2); _view.Write(12, 3); }")]
    [InlineData("void M() { _view.Write(0, 1L); _view.Write(0, 2L); }")]
    [InlineData("void M() { _view.Write(0, 0L); _view.Write(0, 1); _view.Write(4, 2); }")]
    [InlineData("long Both => _view.ReadInt64(0); void M() { _view.Write(0, 1); _view.Write(4, 2); }")]
    [InlineData("void M(bool wide) { if (wide) _view.Write(0, 1L); else { _view.Write(2, 1); } }")]
    [InlineData("void M(int kind) { switch (kind) { case 1: _view.Write(4, 1L); break; case 2: _view.Write(8, 1); break; } }")]
    [InlineData("void Ping(long t) { _view.Write(0, 1); _view.Write(4, t); } void Error(int code, int line) { _view.Write(0, 2); _view.Write(4, code); _view.Write(8, line); }")]
    [InlineData("void M(Pair p) { _view.Write(0, ref p); _view.Write(4, 7); }")]
    [InlineData("void M(byte[] all) { _view.WriteArray(0, all, 0, 16); _view.Write(4, 7); }")]
    [InlineData("void M(long l) { _view.Write(0, l); } byte N() => _view.ReadByte(3);")]
    [InlineData("int A => _view.ReadInt32(0); int B => _view.ReadInt32(2);")]
    [InlineData("void M(int i) { _view.Write(i * 4, 1L); _view.Write(i * 4 + 4, 2); }")]
    [InlineData("void M() { using var a = MemoryMappedFile.CreateNew(null, 64).CreateViewAccessor(); using var b = MemoryMappedFile.CreateNew(null, 64).CreateViewAccessor(); a.Write(0, 1L); b.Write(4, 2); }")]
    [InlineData("void M() { using var a = _map.CreateViewAccessor(0, 8); using var b = _map.CreateViewAccessor(8, 8); a.Write(0, 1L); b.Write(4, 2); }")]
    [InlineData("void M(long at) { using var a = _map.CreateViewAccessor(at, 8); a.Write(0, 1L); _map.CreateViewAccessor().Write(4, 2); }")]
    [InlineData("void M(MemoryMappedViewAccessor a, MemoryMappedViewAccessor b) { a.Write(0, 1L); b.Write(4, 2); }")]
    [InlineData("void M(C other) { _view.Write(0, 1L); other._view.Write(4, 2); }")]
    [InlineData("void M(uint u) { _view.Write(0, u); } int N() => _view.ReadInt32(0);")]
    [InlineData("void M(byte b) { _view.Write(0, b); } bool N() => _view.ReadBoolean(0);")]
    [InlineData("void M(char c) { _view.Write(0, c); } ushort N() => _view.ReadUInt16(0);")]
    [InlineData("void M(Kind k) { _view.Write(0, (int)k); } Kind N() => (Kind)_view.ReadInt32(0); enum Kind { A, B }")]
    [InlineData("void M(float f) { _view.Write(0, BitConverter.SingleToInt32Bits(f)); } float N() => _view.ReadSingle(0);")]
    [InlineData("void M(double d) { _view.Write(0, d); } double N() => BitConverter.Int64BitsToDouble(_view.ReadInt64(0));")]
    [InlineData("void M(int i) { _view.Write(0, i); } void N(long l) { _view.Write(0, l); } int Read() => _view.ReadInt32(0);")]
    [InlineData("void M(Pair p) { _view.Write(0, ref p); } int N() => _view.ReadInt32(0);")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(0, 8); v.Write(4, 1); }")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(8, 0); v.Write(100, 1); }")]
    [InlineData("void M(long size) { using var map = MemoryMappedFile.CreateNew(null, size); using var v = map.CreateViewAccessor(); v.Write(100, 1); }")]
    [InlineData("void M() { using var map = MemoryMappedFile.OpenExisting(\"m\"); using var v = map.CreateViewAccessor(); v.Write(100, 1); }")]
    [InlineData("void M(string path) { using var map = MemoryMappedFile.CreateFromFile(path); using var v = map.CreateViewAccessor(); v.Write(100, 1); }")]
    [InlineData("void M(bool big) { using var map = big ? MemoryMappedFile.CreateNew(null, 64) : MemoryMappedFile.CreateNew(null, 8); using var v = map.CreateViewAccessor(); v.Write(16, 1); }")]
    [InlineData("void M(Pair p) => _view.Write(0, ref p);")]
    [InlineData("void M<T>(T value) where T : struct => _view.Write(0, ref value);")]
    [InlineData("void M<T>(Of<T> value) where T : struct => _view.Write(0, ref value); struct Of<T> { public T Value; }")]
    [InlineData("unsafe void M(Fixed f) => _view.Write(0, ref f); unsafe struct Fixed { public fixed byte Name[16]; }")]
    [InlineData("void M(BinaryWriter w) { w.Write(1L); w.Write(2); } void N(UnmanagedMemoryAccessor a) { a.Write(0, 1L); a.Write(4, 2); }")]
    public Task Innocent(string members) => In(members);

    [Theory]
    [InlineData("void M() { var at = 0; _view.Write(at, 1L); at += 4; _view.{|TW5008:Write(at, 2)|}; }")]
    [InlineData("void M(long id, int n) { long at = 8; _view.Write(at, id); at += sizeof(int); _view.{|TW5008:Write(at, n)|}; at += sizeof(int); }")]
    public Task A_number_that_is_counted_up(string members) => In(members);

    [Theory]
    [InlineData("void M() { var at = 0; _view.Write(at, 1L); at += 8; _view.Write(at, 2); at += 4; _view.Write(at, 3); }")]
    [InlineData("void M(int[] all) { var at = 0; foreach (var n in all) { _view.Write(at, n); at += 4; } _view.Write(at, 1L); }")]
    [InlineData("void M(bool wide) { var at = 0; if (wide) { _view.Write(at, 1L); at += 8; } _view.Write(at, 2); }")]
    [InlineData("void M(int by) { var at = 0; _view.Write(at, 1L); at += by; _view.Write(at, 2); }")]
    [InlineData("void M() { var at = 0; _view.Write(at, 1L); Next(ref at); _view.Write(at, 2); } static void Next(ref int at) => at += 8;")]
    [InlineData("void M() { var at = 0; void Put(int n) { _view.Write(at, n); at += 4; } Put(1); _view.Write(at, 1L); }")]
    [InlineData("void M() { var at = 0; _view.Write(at, 1L); _view.Write(at += 8, 2); _view.Write(at, 3); }")]
    public Task Silent_on_a_number_that_is_counted_up_far_enough_or_otherwise(string members) => In(members);

    [Theory]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all[1].Write(4, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all[0].Write(8, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all, int i) { all[i].Write(0, 1L); all[i].Write(4, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all.RemoveAt(0); all[0].Write(4, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all.Reverse(); all[0].Write(4, 2); }")]
    [InlineData("void M(MemoryMappedViewAccessor[] all) { all[0].Write(0, 1L); all[0] = _view; all[0].Write(4, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); Turn(all); all[0].Write(4, 2); } static void Turn(List<MemoryMappedViewAccessor> all) => all.Reverse();")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all, List<MemoryMappedViewAccessor> others) { all[0].Write(0, 1L); all = others; all[0].Write(4, 2); }")]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); } void N(List<MemoryMappedViewAccessor> all) { all[0].Write(4, 2); }")]
    [InlineData("internal List<MemoryMappedViewAccessor> All = new(); void M() { All[0].Write(0, 1L); } void N() { All[0].Write(4, 2); }")]
    [InlineData("private MemoryMappedViewAccessor[] _all = new MemoryMappedViewAccessor[2]; void Open(int i) => _all[i] = _map.CreateViewAccessor(i * 8, 8); void M() { _all[0].Write(0, 1L); _all[0].Write(4, 2); }")]
    [InlineData("private List<MemoryMappedViewAccessor> _all = new(); void Next() => _all = new(); void M() { _all[0].Write(0, 1L); } void N() { _all[0].Write(4, 2); }")]
    public Task Silent_on_views_in_a_list_that_may_be_others(string members) => In(members);

    [Theory]
    [InlineData("void M(List<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all[0].{|TW5008:Write(4, 2)|}; }")]
    [InlineData("void M(MemoryMappedViewAccessor[] all) { all[1].Write(0, 1L); all[1].{|TW5008:Write(4, 2)|}; foreach (var view in all) view.Flush(); }")]
    [InlineData("void M(IReadOnlyList<MemoryMappedViewAccessor> all) { all[0].Write(0, 1L); all[0].{|TW5008:Write(4, 2)|}; all[1].Write(4, 3); }")]
    [InlineData("private readonly List<MemoryMappedViewAccessor> _all = new(); void Open() => _all.Add(_map.CreateViewAccessor()); void M() { _all[0].Write(0, 1L); } void N() { _all[0].{|TW5008:Write(4, 2)|}; }")]
    [InlineData("private readonly List<MemoryMappedViewAccessor> _all = new(); void Open() => _all.Add(_map.CreateViewAccessor()); void M(int n) { _all[0].Write(0, n); } long N() => _all[0].{|TW5008:ReadInt64(0)|};")]
    [InlineData("void M() { var all = new List<MemoryMappedViewAccessor>(); for (var i = 0; i < 4; i++) all.Add(_map.CreateViewAccessor(i * 16, 16)); all[2].Write(0, 1L); all[2].{|TW5008:Write(4, 2)|}; }")]
    public Task Views_in_a_list(string members) => In(members);

    /// <summary>Two functions that use the memory by turns look like two that use it at once: which of them runs when, their callers know.</summary>
    [Fact]
    public Task Noise_memory_that_holds_something_else_later() => In("void Head(long l) => _view.Write(0, l); void Body(int i) { _view.{|TW5008:Write(4, i)|}; }");

    private static Task In(string code) => Verify.Rule("TW5008", $$"""
        using System.IO.MemoryMappedFiles;
        struct Pair { public int A; public int B; }
        class C
        {
            private readonly MemoryMappedFile _map;
            private readonly MemoryMappedViewAccessor _view;
            C(MemoryMappedFile map) { _map = map; _view = map.CreateViewAccessor(); }
            {{code}}
        }
        """);
}
