using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Options;
using Threadwise.Analyzers.Rules;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>A process holds many compilations and runs their analyzers at once: nothing static may change.</summary>
public class StaticFieldTests
{
    /// <summary>Types whose objects do not change, or which are made for this.</summary>
    private static readonly HashSet<Type> s_steady =
    [
        typeof(string), typeof(Type), typeof(Regex), typeof(ResourceManager), typeof(DiagnosticDescriptor), typeof(LocalizableString),
        typeof(SyntaxAnnotation), typeof(SyntaxNode), typeof(SyntaxToken), typeof(SyntaxTrivia), typeof(SyntaxTriviaList),
        typeof(SymbolDisplayFormat), typeof(ConditionalWeakTable<,>), typeof(StringComparer),
        typeof(Rule), typeof(OptionDefinition), typeof(LockSet),
    ];

    /// <summary>Objects that could change and do not; each with the reason.</summary>
    private static readonly Dictionary<string, string> s_exempt = new()
    {
        ["TreeGate.s_words"] = "filled by its initializer, only read afterwards; an immutable dictionary is several times slower on every word of a file",
        ["LockWords.s_acquire"] = "as above",
        ["LockWords.s_release"] = "as above",
        ["UnbalancedMembers.s_test"] = "as above",
    };

    [Fact]
    public void Nothing_static_can_be_written()
    {
        foreach (var field in StaticFields())
        {
            Assert.True(field.IsInitOnly || field.IsLiteral, $"{Name(field)} can be written");
        }
    }

    [Fact]
    public void Nothing_static_holds_what_can_change()
    {
        foreach (var field in StaticFields().Where(static field => !field.IsLiteral && !s_exempt.ContainsKey(Name(field))))
        {
            Assert.True(IsSteady(field.FieldType), $"{Name(field)} is a {field.FieldType}, which can change or which this test does not know");
        }
    }

    [Fact]
    public void Every_exemption_is_needed()
    {
        var names = StaticFields().Select(Name).ToHashSet();
        Assert.All(s_exempt.Keys, name => Assert.Contains(name, names));
    }

    private static IEnumerable<FieldInfo> StaticFields() => Assemblies.Ours.SelectMany(static a => a.GetTypes())
        .Where(static type => !IsFromCompiler(type))
        .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    /// <summary>Caches of lambdas and the like, which the compiler guards.</summary>
    private static bool IsFromCompiler(Type type) =>
        type.Name.StartsWith('<') || (type.DeclaringType is { } outer && IsFromCompiler(outer)) || type.IsEnum;

    private static bool IsSteady(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
        {
            return true;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition.Namespace == typeof(ImmutableArray).Namespace && definition.Name.StartsWith("Immutable", StringComparison.Ordinal)
            ? type.GetGenericArguments().All(IsSteady)
            : IsTuple(definition) ? type.GetGenericArguments().All(IsSteady)
            : s_steady.Any(steady => steady == definition || definition.IsSubclassOf(steady)) || IsOwnValue(type);
    }

    private static bool IsTuple(Type type) => type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    /// <summary>A type of ours whose fields cannot be written and are steady themselves, as a lattice's bottom is.</summary>
    private static bool IsOwnValue(Type type) =>
        Assemblies.Ours.Contains(type.Assembly) && type is { IsInterface: false, IsAbstract: false } &&
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .All(field => field.IsInitOnly && (field.FieldType == type || IsSteady(field.FieldType)));

    private static string Name(FieldInfo field) =>
        $"{field.DeclaringType!.Name}.{(field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>')] : field.Name)}";
}
