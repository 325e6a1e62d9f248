using System;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
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
}
