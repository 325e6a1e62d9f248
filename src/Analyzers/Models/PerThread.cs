using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Static fields of which each thread or context has its own: no two threads share one.</summary>
internal static class PerThread
{
    /// <summary>Whether the field is marked <c>[ThreadStatic]</c> or <c>[ContextStatic]</c>.</summary>
    public static bool Is(ISymbol field) => field.GetAttributes().Any(static a => a.AttributeClass is
    {
        Name: "ThreadStaticAttribute" or "ContextStaticAttribute",
        ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
    });
}
