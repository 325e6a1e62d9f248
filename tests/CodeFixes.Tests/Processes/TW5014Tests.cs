using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5014Tests
{
    private const string Use = "void M(S s) => _view.Write(0, ref s); ";

    [Theory]
    [InlineData("struct {|TW5014:S|} { public int Id; public long Total; }", "[StructLayout(LayoutKind.Sequential, Pack = 4)] struct S { public int Id; public long Total; }")]
    [InlineData("record struct {|TW5014:S|}(int Id, double Value);", "[StructLayout(LayoutKind.Sequential, Pack = 4)] record struct S(int Id, double Value);")]
    [InlineData("[StructLayout(LayoutKind.Sequential)] struct {|TW5014:S|} { public int Id; public long Total; }", "[StructLayout(LayoutKind.Sequential, Pack = 4)] struct S { public int Id; public long Total; }")]
    [InlineData("[Serializable] struct {|TW5014:S|} { public int Id; public long Total; }", "[StructLayout(LayoutKind.Sequential, Pack = 4)] [Serializable] struct S { public int Id; public long Total; }")]
    public Task The_fields_are_packed(string before, string after) => Verify.Fix<TW5014PackFields>("TW5014", In(Use + before), In(Use + after));

    [Fact]
    public Task On_a_line_of_its_own() => Verify.Fix<TW5014PackFields>("TW5014", In("""
        void M(S s) => _view.Write(0, ref s);

            /// <summary>What is shared.</summary>
            [Serializable] // kept
            private struct {|TW5014:S|}
            {
                public int Id;
                public long Total;
            }
        """), In("""
        void M(S s) => _view.Write(0, ref s);

            /// <summary>What is shared.</summary>
            [StructLayout(LayoutKind.Sequential, Pack = 4)]
            [Serializable] // kept
            private struct S
            {
                public int Id;
                public long Total;
            }
        """));

    [Fact]
    public Task Without_the_namespace() => Verify.Fix<TW5014PackFields>("TW5014", Code("", Use + "struct {|TW5014:S|} { public int Id; public long Total; }"),
        Code("", Use + "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 4)] struct S { public int Id; public long Total; }"));

    [Fact]
    public Task From_the_access() => Verify.Fix<TW5014PackFields>("TW5014",
        In("void M(S s) => _view.{|TW5014:Write(0, ref s)|}; struct S { public int Id; public long Total; } class D { S _s; }"),
        In(Use + "[StructLayout(LayoutKind.Sequential, Pack = 4)] struct S { public int Id; public long Total; } class D { S _s; }"));

    [Theory]
    [InlineData("struct {|TW5014:S|} { public nint Handle; }")]
    [InlineData("struct {|TW5014:S|} { public Inner In; } struct Inner { public int Id; public long Total; }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5014PackFields>("TW5014", In(Use + code));

    private static string In(string code) => Code("using System.Runtime.InteropServices;", code);

    private static string Code(string usings, string code) => $$"""
        using System.IO.MemoryMappedFiles;
        {{usings}}
        class C
        {
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateOrOpen("shared", 64).CreateViewAccessor();
            {{code}}
        }
        """;
}
