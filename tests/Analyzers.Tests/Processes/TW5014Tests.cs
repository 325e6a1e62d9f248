using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5014Tests
{
    [Theory]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("void M() => _view.Read(0, out S s); struct {|TW5014:S|} { public byte Kind; public double Value; }")]
    [InlineData("void M(S[] all) => _view.WriteArray(0, all, 0, all.Length); struct {|TW5014:S|} { public long A; public int B; }")]
    [InlineData("void M(S[] all) => _view.ReadArray(0, all, 0, all.Length); struct {|TW5014:S|} { public int A; public ulong B; public int C; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public nint Handle; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id; public IntPtr Handle; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); unsafe struct {|TW5014:S|} { public byte* Data; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); unsafe struct {|TW5014:S|} { public delegate*<void> Call; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public Inner In; } struct Inner { public nuint Length; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id; public Inner In; } struct Inner { public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public bool On; public TimeSpan Since; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id { get; set; } public long Total { get; set; } }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); record struct {|TW5014:S|}(int Id, double Value);")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public Kind Kind; public decimal Price; } enum Kind { A }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); unsafe struct {|TW5014:S|} { public fixed byte Name[12]; public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)] struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("void M(S s) { using var v = Open().CreateViewAccessor(); v.Write(0, ref s); } static MemoryMappedFile Open() => Make(\"x\"); static MemoryMappedFile Make(string name) => MemoryMappedFile.CreateNew(name, 64); struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("void M(S s, string path) { using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite); using var map = MemoryMappedFile.CreateFromFile(file, null, 64, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("void M(S s) { using var map = MemoryMappedFile.CreateNew(null, 64, MemoryMappedFileAccess.ReadWrite, MemoryMappedFileOptions.None, HandleInheritability.Inheritable); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("Action M(S s) => () => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("async Task M(S s) { await Task.Yield(); _view.Write(0, ref s); } struct {|TW5014:S|} { public int Id; public long Total; }")]
    [InlineData("void M(Of<int> s) => _view.Write(0, ref s); struct {|TW5014:Of|}<T> where T : struct { public T Id; public long Total; }")]
    public Task Lies_otherwise_elsewhere(string members) => In(members);

    [Fact]
    public Task A_struct_of_another_type_is_reported_at_the_access() => In("void M(Outside s) { _view.{|TW5014:Write(0, ref s)|}; _view.Read(0, out Outside t); }");

    [Fact]
    public Task A_struct_beside_the_type_that_uses_it() => Verify.Rule("TW5014", """
        using System.IO.MemoryMappedFiles;
        struct {|TW5014:Entry|} { public int Id; public long Total; public Entry With(int id) => new Entry { Id = id, Total = Total }; }
        class Writer
        {
            void M(Entry entry) { using var map = MemoryMappedFile.CreateNew("entries", 64); using var view = map.CreateViewAccessor(); view.Write(0, ref entry); }
        }
        """);

    [Fact]
    public Task Of_top_level_statements() => Verify.Rule("TW5014", """
        using System.IO.MemoryMappedFiles;
        using var map = MemoryMappedFile.CreateNew("entries", 64);
        using var view = map.CreateViewAccessor();
        var entry = new Entry();
        view.Write(0, ref entry);
        struct {|TW5014:Entry|} { public int Id; public long Total; }
        """);

    [Theory]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public byte A; public int B; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public long A; public long B; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public long A; public int B; public int C; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public long A; public int B; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public int A; public int B; public double C; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public byte A; public byte B; public byte C; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); unsafe struct S { public fixed byte Name[10]; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public Guid A; public int B; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public char A; public float B; public bool C; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 4)] struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)] struct S { public byte Id; public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 8)] struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct S { [System.Runtime.InteropServices.FieldOffset(0)] public int Id; [System.Runtime.InteropServices.FieldOffset(8)] public long Total; }")]
    [InlineData("void M(S s) => _view.Write(0, ref s); struct S { public int Id; public long Total; }", "null")]
    [InlineData("void M(S s) { using var map = MemoryMappedFile.CreateNew(null, 64); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, string path) { using var map = MemoryMappedFile.CreateFromFile(path); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(string path) { using var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read); using var v = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read); v.Read(0, out S s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, string path) { using var file = new FileStream(path, FileMode.Open); using var map = MemoryMappedFile.CreateFromFile(file, null, 64, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, string path) { using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read); using var map = MemoryMappedFile.CreateFromFile(file, null, 64, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, FileStream file) { using var map = MemoryMappedFile.CreateFromFile(file, null, 64, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, MemoryMappedFile map) { using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, MemoryMappedViewAccessor v) => v.Write(0, ref s); struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, UnmanagedMemoryAccessor v) => v.Write(0, ref s); struct S { public int Id; public long Total; }")]
    [InlineData("void M(S s, string? name) { using var map = MemoryMappedFile.CreateNew(name, 64); using var v = map.CreateViewAccessor(); v.Write(0, ref s); } struct S { public int Id; public long Total; }")]
    [InlineData("void M<T>(T s) where T : struct => _view.Write(0, ref s);")]
    [InlineData("void M(DateTime s) => _view.Write(0, ref s);")]
    [InlineData("void M(S s) { _view.Write(0, s.Id); _view.Write(8, s.Total); } struct S { public int Id; public long Total; }")]
    [InlineData("void M(KeyValuePair<int, long> s) => _view.Write(0, ref s);")]
    [InlineData("void M() => _view.Write(0, 1L);")]
    [InlineData("void M(S s) => Use(s); static void Use(S s) { } struct S { public int Id; public nint Handle; }")]
    [InlineData("void M(Kind s) => _view.Write(0, ref s); enum Kind : long { A }")]
    public Task Innocent(string members, string name = "\"shared\"") => In(members, name);

    [Fact]
    public Task Built_for_one_kind_of_processor() => Verify.Rule("TW5014", Code("void M(S s) => _view.Write(0, ref s); struct S { public nint Handle; }"), static test => test.SolutionTransforms.Add(static (solution, project) =>
        solution.WithProjectCompilationOptions(project, ((CSharpCompilationOptions)solution.GetProject(project)!.CompilationOptions!).WithPlatform(Platform.X64))));

    [Fact]
    public Task What_throws_is_said_first() => In("void M(S s) => _view.{|TW5008:Write(0, ref s)|}; struct S { public nint Handle; public string Name; } class D { S _s; }");

    [Fact]
    public Task What_throws_is_said_first_at_the_struct() => In("void M(S s) => _view.Write(0, ref s); struct {|TW5008:S|} { public nint Handle; public string Name; }");

    [Fact]
    public Task Misses_a_struct_of_another_assembly() => In("void M((int, long) s) => _view.Write(0, ref s);");

    [Fact]
    public Task Misses_a_field_whose_layout_the_runtime_chooses() => In("void M(S s) => _view.Write(0, ref s); struct S { public int Id; public DateTime At; }");

    /// <summary>Which programs map the memory, and how they are built, no single one of them says.</summary>
    [Fact]
    public Task Noise_of_two_processes_of_one_build() => In("void M(S s) => _view.Write(0, ref s); struct {|TW5014:S|} { public int Id; public long Total; }");

    private static Task In(string code, string name = "\"shared\"") => Verify.Rule("TW5014", Code(code, name));

    private static string Code(string code, string name = "\"shared\"") => $$"""
        using System.IO.MemoryMappedFiles;
        struct Outside { public int Id; public long Total; }
        class Other { Outside _outside; }
        class C
        {
            private readonly MemoryMappedFile _map;
            private readonly MemoryMappedViewAccessor _view;
            C() { _map = MemoryMappedFile.CreateOrOpen({{name}}, 64); _view = _map.CreateViewAccessor(); }
            {{code}}
        }
        """;
}
