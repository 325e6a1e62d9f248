using System;
using System.IO;
using System.Linq;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>Rule, fix, tests, page and sample carry the same id in the same family, so that one search finds them all; each test names what is missing.</summary>
public class MirrorTests
{
    [Fact]
    public void Every_rule_stands_in_a_file_of_its_name() =>
        Assert.Equal(RuleClass.All.Select(static rule => $"{rule.Family}/{rule}.cs").Order(), RuleClass.FilesWithId("src", "Analyzers", "Rules").Order());

    [Fact]
    public void Every_fix_stands_in_a_file_of_its_name_and_serves_the_rule_of_its_id()
    {
        Assert.Equal(
            ThreadwiseRules.Fixes.Select(static fix => $"{fix.GetType().Namespace!.Split('.')[^1]}/{fix.GetType().Name}.cs").Order(),
            RuleClass.FilesWithId("src", "CodeFixes").Order());
        Assert.All(ThreadwiseRules.Fixes, static fix =>
        {
            var rule = Assert.Single(RuleClass.All, rule => rule.Id == Assert.Single(fix.FixableDiagnosticIds));
            Assert.StartsWith(rule.Id, fix.GetType().Name, StringComparison.Ordinal);
            Assert.Equal(rule.Family, fix.GetType().Namespace!.Split('.')[^1]);
        });
    }

    [Fact]
    public void Every_rule_has_a_fix_or_a_reason() => Assert.All(RuleClass.All, static rule =>
    {
        Assert.True(rule.Fixes.IsEmpty != rule.ReasonForNoFix is null, $"{rule} has neither a fix nor [NoCodeFix(\"…\")], or both");
        Assert.True(rule.ReasonForNoFix is null or [_, .., not '.'], $"{rule}: the reason is a sentence without a period");
    });

    [Fact]
    public void Every_rule_has_tests() => Has("tests/Analyzers.Tests", static _ => true, "[Fact]", "[Theory]");

    [Fact]
    public void Every_fix_has_tests() => Has("tests/CodeFixes.Tests", static rule => !rule.Fixes.IsEmpty, "[Fact]", "[Theory]");

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule() =>
        Assert.Equal(RuleClass.All.Select(static rule => rule.Id + ".md"), RuleClass.FilesWithId("docs", "rules"));

    [Fact]
    public void Every_rule_has_a_violation_and_every_violation_a_rule()
    {
        Assert.Equal(RuleClass.All.Select(static rule => rule + ".cs"), RuleClass.FilesWithId("samples", "Violations"));
        Assert.All(RuleClass.All, static rule =>
            Assert.Contains($"// expect: {rule.Id}", File.ReadAllText(Repository.PathOf("samples", "Violations", rule + ".cs")), StringComparison.Ordinal));
    }

    /// <summary>Each rule that <paramref name="applies"/> has a file in its family's folder with one of the <paramref name="marks"/>; each file has a rule.</summary>
    private static void Has(string folder, Func<RuleClass, bool> applies, params string[] marks)
    {
        var files = RuleClass.FilesWithId(folder.Split('/'));
        Assert.All(RuleClass.All.Where(applies), rule => Assert.True(
            files.Any(file => file.StartsWith($"{rule.Family}/{rule.Id}", StringComparison.Ordinal) &&
                marks.Any(File.ReadAllText(Path.Combine(Repository.PathOf(folder.Split('/')), file)).Contains)),
            $"{folder}/{rule.Family} holds no tests of {rule}"));
        Assert.All(files, file => Assert.Contains(
            RuleClass.All, rule => file.StartsWith($"{rule.Family}/{rule.Id}", StringComparison.Ordinal)));
    }
}
