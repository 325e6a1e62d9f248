using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests;

public class FixConventionTests
{
    [Fact]
    public void Every_fix_is_found_by_the_editors() => Assert.All(ThreadwiseRules.Fixes, static fix =>
    {
        var export = fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.Equal([LanguageNames.CSharp], export!.Languages);
        Assert.True(fix.GetType().IsSealed, fix.GetType().Name);
    });

    /// <summary><c>[Shared]</c> would bring it in; hosts have it in other versions, and then none of the fixes loads.</summary>
    [Fact]
    public void The_fix_assembly_does_not_need_the_composition_package() => Assert.DoesNotContain(
        typeof(FixTexts).Assembly.GetReferencedAssemblies(), static a => a.Name!.StartsWith("System.Composition", StringComparison.Ordinal));

    [Fact]
    public void Safe_fixes_have_Fix_All_in_every_scope_and_the_others_have_none() => Assert.All(ThreadwiseRules.Fixes, static fix =>
    {
        FixAllScope[] expected = fix is ChangingFix ? [] : [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];
        Assert.Equal(expected, (fix.GetFixAllProvider()?.GetSupportedFixAllScopes() ?? []).Intersect([FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution]).Order());
    });

    /// <summary><c>dotnet format</c> shows a fix the first report at hand, of whatever rule: it must neither take it for its own nor throw.</summary>
    [Fact]
    public async Task A_report_of_another_rule_is_not_taken_for_its_own()
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Shop", LanguageNames.CSharp).AddDocument("File.cs", "class C { void M() { var t = 1; t++; } }");
        var tree = (await document.GetSyntaxTreeAsync())!;
        var other = new DiagnosticDescriptor("TW9999", "other", "other", "Other", DiagnosticSeverity.Warning, isEnabledByDefault: true);
        var properties = ImmutableDictionary<string, string?>.Empty.Add("edit", "JoinBeforeRead").Add("handle", "t");
        var report = Diagnostic.Create(other, Location.Create(tree, new TextSpan(33, 1)), properties);
        foreach (var fix in ThreadwiseRules.Fixes)
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => Assert.Fail($"{fix.GetType().Name}: {action.Title}"), default));
        }
    }
}
