using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>Calls of the framework whose effect is still there when the process has ended, and calls that end it.</summary>
internal static class EffectModels
{
    /// <summary>Whether the call shows, saves or sends something.</summary>
    public static bool Outlives(IInvocationOperation call, WellKnownTypes types)
    {
        var method = call.TargetMethod;
        return method.ContainingType is { } type && (Is(type, types.Console)
            ? method.Name is "Write" or "WriteLine"
            : type.ContainingNamespace?.ToDisplayString() switch
            {
                "System.IO" => type.Name switch
                {
                    "File" => Begins(method, "Write", "Append", "Copy", "Move", "Delete", "Replace"),
                    "Directory" => Begins(method, "Create", "Move", "Delete"),
                    "TextWriter" or "StreamWriter" or "FileStream" => Begins(method, "Write") && call.Instance?.Type?.Name is "TextWriter" or "StreamWriter" or "FileStream",
                    _ => false,
                },
                "System.Net.Http" => type.Name == "HttpClient" && Begins(method, "Post", "Put", "Patch", "Delete"),
                _ => false,
            });
    }

    /// <summary>Whether the call ends the process, or waits for what a human types.</summary>
    public static bool EndsOrAsks(IMethodSymbol method, WellKnownTypes types) => method.ContainingType is { } type &&
        (Is(type, types.Console) ? Begins(method, "Read") : type is { Name: "Environment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } && method.Name is "Exit" or "FailFast");

    /// <summary>Whether the call checks something and throws when it does not hold, on behalf of a test.</summary>
    public static bool Asserts(IMethodSymbol method) => method.ContainingType is { Name: "Assert" or "CollectionAssert" or "StringAssert" or "ClassicAssert" } type &&
        type.ContainingNamespace?.ToDisplayString() is "Xunit" or "NUnit.Framework" or "NUnit.Framework.Legacy" or "Microsoft.VisualStudio.TestTools.UnitTesting" or "TUnit.Assertions";

    private static bool Begins(IMethodSymbol method, params string[] names) => Array.Exists(names, name => method.Name.StartsWith(name, StringComparison.Ordinal));
}
