using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

public class RuleListTests
{
    [Fact]
    public void Every_rule_is_in_the_list_once() =>
        Assert.Equal(RuleClass.All.Select(static rule => rule.Class.Name), RuleClass.Listed.Select(static rule => rule.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_list_is_in_the_order_of_the_ids() => Assert.All(new IEnumerable<Rule>[] { All.Local, All.Flow, All.Type, All.Declarations, All.Program }, static list =>
        Assert.Equal(list.Select(static rule => rule.Descriptor.Id).Order(StringComparer.Ordinal), list.Select(static rule => rule.Descriptor.Id)));

    [Fact]
    public void Every_rule_is_sealed_and_named_by_its_id()
    {
        foreach (var rule in RuleClass.Listed)
        {
            Assert.True(rule.GetType().IsSealed, rule.GetType().Name);
            Assert.Equal(rule.Descriptor.Id, new RuleClass(rule.GetType()).Id);
        }
    }

    [Fact]
    public void Every_rule_is_reported_by_one_analyzer()
    {
        foreach (var rule in RuleClass.Listed)
        {
            Assert.Single(ThreadwiseRules.Analyzers, analyzer => analyzer.SupportedDiagnostics.Contains(rule.Descriptor));
        }
    }

    [Fact]
    public void Ids_are_unique()
    {
        var descriptors = ThreadwiseRules.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Distinct().ToList();
        Assert.Equal(descriptors.Select(static d => d.Id).Distinct(), descriptors.Select(static d => d.Id));
    }

    [Fact]
    public void A_rule_of_the_build_world_says_so_and_no_other()
    {
        foreach (var rule in RuleClass.Listed)
        {
            var isOfTheBuild = rule.Descriptor.Id.StartsWith("TW7", StringComparison.Ordinal);
            Assert.Equal(isOfTheBuild, rule.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd));
        }
    }

    [Fact]
    public void Every_class_of_both_assemblies_that_nobody_derives_from_is_sealed()
    {
        foreach (var assembly in Assemblies.Ours)
        {
            var types = assembly.GetTypes();
            Assert.All(types.Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && !types.Any(other => other.BaseType == t)),
                static t => Assert.Fail($"{t} is not sealed"));
        }
    }

    [Fact]
    public void Rules_analyzers_and_fixes_hold_no_state()
    {
        var holders = Assemblies.Ours.SelectMany(static a => a.GetTypes()).Where(static t =>
            t.IsSubclassOf(typeof(Rule)) || t.IsSubclassOf(typeof(DiagnosticAnalyzer)) || t.IsSubclassOf(typeof(CodeFixProvider))).ToList();
        Assert.NotEmpty(holders);
        Assert.All(
            holders.SelectMany(static t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)),
            static field => Assert.True(field.IsInitOnly, $"{field.DeclaringType}.{field.Name} can be written"));
    }
}
