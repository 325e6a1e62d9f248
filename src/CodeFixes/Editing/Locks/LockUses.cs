using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>The calls of a lock in a piece of code. The analysis knows aliases and paths; a fix only has to see when it is not alone.</summary>
internal static class LockUses
{
    /// <summary>Whether something else than the two calls may acquire or release the same lock in the <c>try</c> and its handlers.</summary>
    public static bool HasOthers(TryStatementSyntax around, InvocationExpressionSyntax acquire, InvocationExpressionSyntax release, SemanticModel model) =>
        HasOthers([around], acquire, [release], model);

    /// <summary>Whether something else than the acquire and the releases may acquire or release the same lock in one of <paramref name="places"/>.</summary>
    public static bool HasOthers(IEnumerable<SyntaxNode> places, InvocationExpressionSyntax acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases, SemanticModel model)
    {
        if (Operand(acquire, model) is not { } operand)
        {
            return true;
        }

        var type = model.GetTypeInfo(operand).Type;
        var symbol = model.GetSymbolInfo(operand).Symbol;
        var mode = Mode(NameOf(acquire));
        return places.SelectMany(static p => p.DescendantNodesAndSelf()).OfType<InvocationExpressionSyntax>().Any(call =>
            call != acquire && !releases.Contains(call) && Mode(NameOf(call)) == mode && Operand(call, model) is { } other &&
            SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(other).Type, type) && MayBeSame(symbol, model.GetSymbolInfo(other).Symbol));
    }

    /// <summary>
    /// A mutex that another thread died with makes its wait throw with the mutex held, so neither the wait in front of the <c>try</c> nor a flag set behind
    /// the wait would have it released.
    /// </summary>
    public static bool IsMutex(InvocationExpressionSyntax acquire, SemanticModel model) =>
        Operand(acquire, model) is { } operand && model.GetTypeInfo(operand).Type is { } type &&
        SymbolEqualityComparer.Default.Equals(type, model.Compilation.GetTypeByMetadataName("System.Threading.Mutex"));

    /// <summary>The name of the lock, where it has one.</summary>
    public static string? NameOfLock(InvocationExpressionSyntax acquire, SemanticModel model) =>
        Operand(acquire, model) is { } operand ? model.GetSymbolInfo(operand).Symbol?.Name : null;

    /// <summary>
    /// The lock that a call is about: what it is called on, or the first argument of a static one. <c>Monitor.Wait</c> gives back what it took away.
    /// </summary>
    public static ExpressionSyntax? Operand(InvocationExpressionSyntax call, SemanticModel model) => call.Expression switch
    {
        _ when model.GetSymbolInfo(call).Symbol is IMethodSymbol { IsStatic: true, IsExtensionMethod: false } method => method.Name == "Wait" ? null : call.ArgumentList.Arguments.FirstOrDefault()?.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    /// <summary>The name of the called method.</summary>
    public static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The mode that an acquire or release is about, or null for another call.</summary>
    private static string? Mode(string name)
    {
        var isLockCall = name is "Wait" or "WaitAsync" or "WaitOne" || Starts("Enter") || Starts("TryEnter") || Starts("Exit") || Starts("Acquire") || Starts("Release");
        return !isLockCall ? null : name.Contains("Upgradeable") ? "Upgradeable" : name.Contains("Read") ? "Read" : "Exclusive";

        bool Starts(string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>Two fields or parameters are two locks; a local may be another name of either.</summary>
    private static bool MayBeSame(ISymbol? one, ISymbol? other) =>
        one is null || other is null || SymbolEqualityComparer.Default.Equals(one, other) || one is ILocalSymbol || other is ILocalSymbol;
}
