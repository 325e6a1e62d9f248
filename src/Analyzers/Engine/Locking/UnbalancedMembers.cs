using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Members of a type that seem to acquire a lock without releasing it or the other way round, and those that call them: helpers like
/// <c>Enter()</c> and <c>Exit()</c>. Judged by words, since a body is analysed without the bodies beside it: a wrong "yes" costs a report
/// and never makes one. Base types in source are looked at too.
/// </summary>
internal static class UnbalancedMembers
{
    /// <summary>Who asks may throw when the lock is not held, and so keep a failed acquire from the release.</summary>
    private static readonly HashSet<string> s_test =
    [
        "IsEntered", "IsReadLockHeld", "IsWriteLockHeld", "IsUpgradeableReadLockHeld", "IsReaderLockHeld", "IsWriterLockHeld", "IsHeldByCurrentThread", "IsHeld",
    ];

    /// <summary>Whether another member of <paramref name="type"/> speaks of <paramref name="member"/>.</summary>
    public static bool Mentions(INamedTypeSymbol? type, ISymbol member) =>
        type is not null && type.GetMembers().Where(other => !SymbolEqualityComparer.Default.Equals(other, member))
            .SelectMany(static other => other.DeclaringSyntaxReferences)
            .Any(reference => reference.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == member.Name && t.Parent is not MethodDeclarationSyntax));

    private static bool Answers(ITypeSymbol result) => result.SpecialType == SpecialType.System_Boolean || result is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } given } && given[0].SpecialType == SpecialType.System_Boolean;

    /// <summary>The names of the members of <paramref name="type"/> that may leave any lock otherwise than they found it, or call such a member.</summary>
    public static ImmutableHashSet<string> Helpers(INamedTypeSymbol? type, LockWords words) => ImmutableHashSet.CreateRange(Of(type, null, words));

    /// <summary>The names of the members of <paramref name="type"/> that may leave the lock in <paramref name="holder"/> (any lock when that is null) otherwise than they found it; those that <paramref name="isBalanced"/> knows are none.</summary>
    public static HashSet<string> Of(INamedTypeSymbol? type, string? holder, LockWords words, Func<IMethodSymbol, bool>? isBalanced = null)
    {
        var touching = new HashSet<string>();
        var calls = new Dictionary<string, HashSet<string>>();
        var names = new HashSet<string>();
        var parameter = holder is null ? null : type?.GetMembers(holder).Select(PrimaryParameters.NameBehind).FirstOrDefault();
        for (var part = type; part is { DeclaringSyntaxReferences.IsEmpty: false }; part = part.BaseType)
        {
            names.UnionWith(part.GetMembers().Where(static m => m is IMethodSymbol).Select(static m => m.Name));
        }

        for (; type is { DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers().OfType<IMethodSymbol>().Where(member => isBalanced?.Invoke(member) != true))
            {
                // The declaration of a primary constructor is that of the whole type.
                foreach (var syntax in (member.PartialImplementationPart ?? member).DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).Where(static s => s is not TypeDeclarationSyntax))
                {
                    Read(member, syntax);
                }
            }
        }

        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var member in calls)
            {
                grew |= member.Value.Overlaps(touching) && touching.Add(member.Key);
            }
        }

        return touching;

        void Read(IMethodSymbol member, SyntaxNode syntax)
        {
            var name = member.Name;
            var (isHolder, acquires, releases, tests, mayKeep) = (holder is null, false, false, false, false);
            foreach (var token in syntax.DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken))
                {
                    continue;
                }

                var word = token.ValueText;
                isHolder |= word == holder || word == parameter;
                acquires |= words.IsAcquire(word);
                if (words.IsRelease(word))
                {
                    // Who answers yes or no may keep the lock with the yes.
                    releases = true;
                    mayKeep |= Answers(member.ReturnType) && !token.Parent!.Ancestors().Any(static a => a is FinallyClauseSyntax);
                }

                tests |= s_test.Contains(word) || words.IsUnclear(word);
                if (names.Contains(word))
                {
                    if (!calls.TryGetValue(name, out var called))
                    {
                        calls.Add(name, called = []);
                    }

                    called.Add(word);
                }
            }

            if (isHolder && (acquires != releases || tests || mayKeep))
            {
                touching.Add(name);
            }
        }
    }
}
