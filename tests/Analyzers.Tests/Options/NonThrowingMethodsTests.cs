using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Options;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Options;

/// <summary>Which calls the option names: every call in the snippet that is told by a comment <c>/*named*/</c> in front of its name.</summary>
public class NonThrowingMethodsTests
{
    private const string Declarations = """
        namespace N
        {
            public class T
            {
                public T() { }
                public T(int n) { }
                public void M() { }
                public void M(string s) { }
                public void M<U>(U u, List<string> list) { }
                public virtual void V() { }
                public int P { get; set; }
                public class Inner { public static void S() { } }
            }

            public class Derived : T
            {
                public override void V() { }
                public new void M() { }
            }

            public class G<X>
            {
                public void M(X x) { }
                public static void S<Y>(X x, Y y, ref int i, int[,] a) { }
            }

            public static class Extensions
            {
                public static void Extend(this T t) { }
            }
        }
        """;

    [Theory]
    [InlineData("T:N.T", "t./*named*/M(); t./*named*/M(\"\"); t./*named*/V(); new /*named*/N.T(); N.T.Inner.S(); new N.Derived().M(); new N.Derived()./*named*/V();")]
    [InlineData("T:N.T.Inner", "t.M(); N.T.Inner./*named*/S();")]
    [InlineData("M:N.T.M", "t./*named*/M(); t./*named*/M(\"\"); t./*named*/M(1, null!); t.V(); new N.Derived().M();")]
    [InlineData("M:N.T.M()", "t./*named*/M(); t.M(\"\"); t.M(1, null!);")]
    [InlineData("M:N.T.M(System.String)", "t.M(); t./*named*/M(\"\");")]
    [InlineData("M:N.T.M( System.String )", "t.M(); t./*named*/M(\"\");")]
    [InlineData("M:N.T.M``1", "t.M(); t./*named*/M(1, null!);")]
    [InlineData("M:N.T.M``1(``0,System.Collections.Generic.List{System.String})", "t.M(); t./*named*/M(1, null!);")]
    [InlineData("M:N.T.M``2", "t.M(); t.M(1, null!);")]
    [InlineData("M:N.T..ctor", "new /*named*/N.T(); new /*named*/N.T(1); new N.Derived();")]
    [InlineData("M:N.T..ctor()", "new /*named*/N.T(); new N.T(1);")]
    [InlineData("M:N.T..ctor(System.Int32)", "new N.T(); new /*named*/N.T(1);")]
    [InlineData("M:N.T.V", "t./*named*/V(); new N.Derived()./*named*/V();")]
    [InlineData("M:N.Derived.V", "t.V(); new N.Derived()./*named*/V();")]
    [InlineData("T:N.G`1", "new /*named*/N.G<int>()./*named*/M(1); N.G<string>./*named*/S(\"\", 1, ref i, null!);")]
    [InlineData("M:N.G`1.M(`0)", "new N.G<int>()./*named*/M(1); N.G<string>.S(\"\", 1, ref i, null!);")]
    [InlineData("M:N.G`1.S``1(`0,``0,System.Int32@,System.Int32[0:,0:])", "N.G<string>./*named*/S(\"\", 1, ref i, null!);")]
    [InlineData("M:N.Extensions.Extend", "N.Extensions./*named*/Extend(t); t./*named*/Extend();")]
    [InlineData("M:System.IO.File.Delete", "File./*named*/Delete(\"\"); File.Exists(\"\");")]
    [InlineData("", "t.M(); Console./*named*/WriteLine(); System.Diagnostics.Debug./*named*/Assert(true); System.Diagnostics.Trace./*named*/WriteLine(1);")]
    [InlineData("T:N.T", "Console./*named*/WriteLine();")]
    [InlineData("T:Elsewhere.T|M:N.T.NotThere|M:N.T.M(Elsewhere.T)|T:N.T`1|T:N", "t.M(); new N.T(); new N.Derived().M();")]
    [InlineData("bad|M:N.T.M(System.String)|M:", "t.M(); t./*named*/M(\"\");")]
    [InlineData("unset", "t.M(); Console./*named*/WriteLine();")]
    public void Names(string value, string statements) => Check(Analysis.Of(Declarations, Using(statements)), value);

    [Fact]
    public void A_getter_is_named_by_the_name_the_compiler_gives_it()
    {
        var analysis = Analysis.Of(Declarations).With(".editorconfig", "[*.cs]\nthreadwise.nonthrowing_methods = M:N.T.get_P");
        var compilation = analysis.Compile();
        var property = (IPropertySymbol)compilation.GetTypeByMetadataName("N.T")!.GetMembers("P").Single();
        var named = ThreadwiseOptions.Read(compilation, analysis.AnalyzerOptions()).NonThrowing;
        Assert.True(named.Contains(property.GetMethod!));
        Assert.False(named.Contains(property.SetMethod!));
    }

    [Fact]
    public void Sections_and_files_add_up_for_the_whole_compilation()
    {
        var analysis = Analysis.Of(Declarations, Using("t./*named*/M(); t./*named*/M(\"\"); t./*named*/V(); t./*named*/Extend(); t.M(1, null!);"))
            .With(".editorconfig", """
                root = true
                [*.cs]
                threadwise.nonthrowing_methods = M:N.T.V
                [File1.cs]
                threadwise.nonthrowing_methods = M:N.T.M(System.String)
                [GlobalUsings.cs]
                threadwise.nonthrowing_methods = M:N.T.M()
                """)
            .With(".globalconfig", "is_global = true\nthreadwise.nonthrowing_methods = T:N.Extensions");
        Check(analysis);
    }

    [Fact]
    public void Nothing_of_the_framework_is_needed()
    {
        var analysis = (Analysis.Of(Declarations) with { References = [] }).With(".editorconfig", "[*]\nthreadwise.nonthrowing_methods = T:N.T");
        var compilation = analysis.Compile();
        var named = ThreadwiseOptions.Read(compilation, analysis.AnalyzerOptions()).NonThrowing;
        Assert.True(named.Contains((IMethodSymbol)compilation.GetTypeByMetadataName("N.T")!.GetMembers("V").Single()));
    }

    private static string Using(string statements) => $$"""
        using N;
        class User { static void Use(N.T t, int i) { {{statements}} } }
        """;

    private static void Check(Analysis analysis, string value) =>
        Check(analysis.With(".editorconfig", $"[*.cs]\nthreadwise.nonthrowing_methods = {value}"));

    private static void Check(Analysis analysis)
    {
        var compilation = analysis.Compile();
        Assert.Empty(analysis.Errors());
        var named = ThreadwiseOptions.Read(compilation, analysis.AnalyzerOptions()).NonThrowing;
        var tree = compilation.SyntaxTrees.Single(static t => t.ToString().Contains("class User"));
        var model = compilation.GetSemanticModel(tree);
        var calls = tree.GetRoot().DescendantNodes().Where(static n => n is InvocationExpressionSyntax or ObjectCreationExpressionSyntax).ToList();
        Assert.NotEmpty(calls);
        foreach (var call in calls)
        {
            SyntaxNode name = call switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
                ObjectCreationExpressionSyntax creation => creation.Type,
                _ => call,
            };
            var expected = name.GetLeadingTrivia().ToString().Contains("named") || name.GetFirstToken().GetPreviousToken().TrailingTrivia.ToString().Contains("named");
            Assert.True(named.Contains((IMethodSymbol)model.GetSymbolInfo(call).Symbol!) == expected, $"{call}: expected {expected}");
        }
    }
}
