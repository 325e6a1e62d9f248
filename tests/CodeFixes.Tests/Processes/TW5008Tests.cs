using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5008Tests
{
    [Theory]
    [InlineData("void M(long l, int i) { _view.Write(0, l); _view.{|TW5008:Write(4, i)|}; }", "void M(long l, int i) { _view.Write(0, l); _view.Write(8, i); }")]
    [InlineData("void M(long l, int i) { _view.{|TW5008:Write(/* flags */ 4, i)|}; _view.Write(0, l); }", "void M(long l, int i) { _view.Write(/* flags */ 8, i); _view.Write(0, l); }")]
    [InlineData("void M(long l, int i) { _view.Write(0, l); _view.{|TW5008:Write(value: i, position: 4)|}; }", "void M(long l, int i) { _view.Write(0, l); _view.Write(value: i, position: 8); }")]
    [InlineData("long Total { get => _view.ReadInt64(4); set => _view.Write(4, value); } int Flags { get => _view.ReadInt32(8); set => _view.{|TW5008:Write(8, value)|}; }",
        "long Total { get => _view.ReadInt64(4); set => _view.Write(4, value); } int Flags { get => _view.ReadInt32(12); set => _view.Write(12, value); }")]
    [InlineData("const int TotalAt = 0, FlagsAt = 4; void M(long l, int i) { _view.Write(TotalAt, l); _view.{|TW5008:Write(FlagsAt, i)|}; } int N() => _view.ReadInt32(FlagsAt);",
        "const int TotalAt = 0, FlagsAt = 8; void M(long l, int i) { _view.Write(TotalAt, l); _view.Write(FlagsAt, i); } int N() => _view.ReadInt32(FlagsAt);")]
    public Task The_value_moves(string before, string after) => Verify.Fix<TW5008MoveValue>("TW5008", In(before), In(after));

    [Theory]
    [InlineData("void M(long l, int i) { _view.Write(0, l); _view.{|TW5008:Write(4, i)|}; _view.Write(8, i); }")]
    [InlineData("const int TotalAt = 0, FlagsAt = 4; void M(long l, int i) { _view.Write(TotalAt, l); _view.{|TW5008:Write(FlagsAt, i)|}; _view.Write(FlagsAt + 8, i); }")]
    [InlineData("const int TotalAt = 0; void M(long l, int i) { _view.Write(TotalAt, l); _view.{|TW5008:Write(TotalAt + 4, i)|}; }")]
    [InlineData("internal const int FlagsAt = 4; void M(long l, int i) { _view.Write(0, l); _view.{|TW5008:Write(FlagsAt, i)|}; }")]
    [InlineData("void M(long l, int i) { using var v = _map.CreateViewAccessor(0, 8); v.Write(0, l); v.{|TW5008:Write(4, i)|}; }")]
    [InlineData("void M(int i) { _view.Write(0, i); } byte N() => _view.{|TW5008:ReadByte(0)|};")]
    public Task Nothing_is_moved(string code) => Verify.NoFix<TW5008MoveValue>("TW5008", In(code));

    [Theory]
    [InlineData("void M() { _view.Write(0, 5); } int N() => _view.{|TW5008:ReadByte(0)|};", "void M() { _view.Write(0, 5); } int N() => _view.ReadInt32(0);")]
    [InlineData("void M(float f) { _view.Write(0, f); } string N() => $\"{_view.{|TW5008:ReadInt32(0)|}} {_view.ReadInt32(0)}\";", "void M(float f) { _view.Write(0, f); } string N() => $\"{_view.ReadSingle(0)} {_view.ReadSingle(0)}\";")]
    [InlineData("void M(Kind k) { _view.Write(0, (int)k); } string N() { var n = _view.{|TW5008:ReadByte(0)|}; return n.ToString(); } enum Kind { A }", "void M(Kind k) { _view.Write(0, (int)k); } string N() { var n = _view.ReadInt32(0); return n.ToString(); } enum Kind { A }")]
    public Task The_read_is_as_the_write(string before, string after) => Verify.Fix<TW5008ReadAsWritten>("TW5008", In(before), In(after));

    [Theory]
    [InlineData("void M() { _view.Write(0, 5); } byte N() => _view.{|TW5008:ReadByte(0)|};")]
    [InlineData("void M(Kind k) { _view.Write(0, ref k); } int N() => _view.{|TW5008:ReadByte(0)|}; enum Kind { A }")]
    [InlineData("void M(long l, int i) { _view.Write(0, l); _view.{|TW5008:Write(4, i)|}; }")]
    [InlineData("void M(Named n) => _view.Write(0, ref n); struct {|TW5008:Named|} { public string Name; }")]
    [InlineData("void M() { using var v = _map.CreateViewAccessor(0, 8); v.{|TW5008:Write(8, 1)|}; }")]
    public Task Nothing_is_read_otherwise(string code) => Verify.NoFix<TW5008ReadAsWritten>("TW5008", In(code));

    private static string In(string code) => $$"""
        using System.IO.MemoryMappedFiles;
        class C
        {
            private readonly MemoryMappedFile _map;
            private readonly MemoryMappedViewAccessor _view;
            C(MemoryMappedFile map) { _map = map; _view = map.CreateViewAccessor(); }
            {{code}}
        }
        """;
}
