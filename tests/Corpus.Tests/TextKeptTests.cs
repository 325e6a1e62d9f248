using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Corpus.Fixes;
using Xunit;

namespace Threadwise.Corpus.Tests;

public class TextKeptTests
{
    private const string Before = """
        class C
        {
            int _a; // the first

            void M() { Here(); }

            void N() { There(); }
        }
        """;

    [Fact]
    public void The_member_of_the_report_may_change() => Assert.Empty(Check(Before.Replace("Here()", "Elsewhere()")));

    [Fact]
    public void A_new_member_may_stand_between() => Assert.Empty(Check(Before.Replace("    void M()", "    int _new;\n\n    void M()")));

    [Fact]
    public void Another_member_may_not_change() =>
        Assert.Equal(FlawKind.OtherCodeChanged, Assert.Single(Check(Before.Replace("There()", "Where()"))).Kind);

    [Fact]
    public void Another_member_may_not_move()
    {
        var moved = """
            class C
            {
                void N() { There(); }

                int _a; // the first

                void M() { Here(); }
            }
            """;

        Assert.Contains(FlawKind.OtherCodeChanged, Check(moved).Select(static f => f.Kind));
    }

    [Fact]
    public void Comments_and_directives_stay_in_the_member_of_the_report_too()
    {
        const string Member = "void M() { /* why */ Here(); }";
        var before = Before.Replace("void M() { Here(); }", Member);

        Assert.Equal(new Flaw(FlawKind.CommentLost, "/* why */"), Assert.Single(Check(Before, before)));
        Assert.Empty(Check(before.Replace("/* why */ Here();", "Here(); /* why */"), before));
    }

    [Fact]
    public void Top_level_statements_are_members() =>
        Assert.Equal(FlawKind.OtherCodeChanged, Assert.Single(Check("Here();\nWhere();", "Here();\nThere();")).Kind);

    private static IReadOnlyList<Flaw> Check(string after, string before = Before) =>
        [.. TextKept.Check(
            SyntaxFactory.ParseCompilationUnit(before),
            SyntaxFactory.ParseCompilationUnit(after),
            [new TextSpan(before.IndexOf("Here()", System.StringComparison.Ordinal), 6)])];
}
