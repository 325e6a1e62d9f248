using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>The release that belongs to an acquire and is not in the source.</summary>
internal static class MissingRelease
{
    /// <summary>The statement, or null where the lock is found by a call, so that it may be another one the next time.</summary>
    public static ExpressionStatementSyntax? Of(InvocationExpressionSyntax acquire, SemanticModel model)
    {
        if (acquire.Expression is not MemberAccessExpressionSyntax access || LockUses.Operand(acquire, model) is not { } operand || !IsPlain(operand) ||
            NameOf(LockUses.NameOf(acquire), LockUses.IsMutex(acquire, model)) is not { } name)
        {
            return null;
        }

        var argument = operand == access.Expression ? "" : operand.WithoutTrivia().ToString();
        return SyntaxFactory.ParseStatement($"{access.Expression.WithoutTrivia()}.{name}({argument});") as ExpressionStatementSyntax;
    }

    private static bool IsPlain(ExpressionSyntax operand) => operand switch
    {
        IdentifierNameSyntax => true,
        MemberAccessExpressionSyntax { Expression: var inner } => inner is ThisExpressionSyntax || IsPlain(inner),
        _ => false,
    };

    private static string? NameOf(string acquire, bool isMutex) => acquire switch
    {
        "Enter" or "TryEnter" => "Exit",
        "Wait" or "WaitAsync" => "Release",
        "WaitOne" => isMutex ? "ReleaseMutex" : "Release",
        "EnterReadLock" or "TryEnterReadLock" => "ExitReadLock",
        "EnterWriteLock" or "TryEnterWriteLock" => "ExitWriteLock",
        "EnterUpgradeableReadLock" or "TryEnterUpgradeableReadLock" => "ExitUpgradeableReadLock",
        "AcquireReaderLock" => "ReleaseReaderLock",
        "AcquireWriterLock" => "ReleaseWriterLock",
        _ => null,
    };
}
