using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Defects at the acquire of a lock.</summary>
internal static class AcquireOperators
{
    public static IEnumerable<Mutant> IntoTry(SemanticModel model, SyntaxNode root, bool canFail) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where pair.Statement is ExpressionStatementSyntax && CanFail(model, pair.Acquire) == canFail
        select Mutant.Move(pair.Statement, pair.Inside);

    /// <summary><c>if (!gate.Wait(…)) return;</c> goes into the <c>try</c>.</summary>
    public static IEnumerable<Mutant> TestedIntoTry(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where pair.Statement is IfStatementSyntax
        select Mutant.Move(pair.Statement, pair.Inside);

    public static IEnumerable<Mutant> UnderCondition(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where pair.Statement is ExpressionStatementSyntax
        select Mutant.Insert(pair.Statement, pair.Statement.SpanStart, "if (System.Environment.ProcessorCount > 1) ");

    /// <summary><c>if (!gate.Wait(…)) return;</c> becomes <c>gate.Wait(…);</c>, and <c>if (gate.Wait(…)) { … }</c> becomes <c>gate.Wait(…); { … }</c>.</summary>
    public static IEnumerable<Mutant> DropAnswer(SemanticModel model, SyntaxNode root)
    {
        foreach (var test in root.DescendantNodes().OfType<IfStatementSyntax>().Where(static i => i.Else is null && i.Parent is BlockSyntax))
        {
            if (LockCalls.Acquire(model, test.Condition) is { } acquire && LockCalls.ReturnsAnswer(model, acquire))
            {
                var isNegated = test.Condition is PrefixUnaryExpressionSyntax;
                var call = isNegated ? ((PrefixUnaryExpressionSyntax)test.Condition).Operand : test.Condition;
                yield return new Mutant(test.Span, [new TextChange(isNegated ? test.Span : TextSpan.FromBounds(test.SpanStart, test.Statement.SpanStart), $"{call}; ")]);
            }
        }
    }

    public static IEnumerable<Mutant> AddTimeout(SemanticModel model, SyntaxNode root)
    {
        foreach (var pair in LockCalls.GuardedBlocks(model, root).Where(static p => p.Statement is ExpressionStatementSyntax))
        {
            var arguments = pair.Acquire.ArgumentList.Arguments;
            var access = (MemberAccessExpressionSyntax)pair.Acquire.Expression;
            var replaced = (access.Name.Identifier.Text, arguments.Count) switch
            {
                ("Wait" or "WaitAsync" or "WaitOne", 0) => $"{access}(100)",
                ("Wait" or "WaitAsync", 1) when IsToken(model, arguments[0]) => $"{access}(100, {arguments[0]})",
                ("Enter", 1) when LockCalls.TypeOf(model, pair.Acquire) == "Monitor" => $"{access.Expression}.TryEnter({arguments[0]}, 100)",
                ("Enter", 0) => $"{access.Expression}.TryEnter(100)",
                ("EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock", 0) => $"{access.Expression}.Try{access.Name}(100)",
                _ => null,
            };
            if (replaced is not null)
            {
                yield return Mutant.Replace(pair.Acquire, replaced);
            }
        }
    }

    /// <summary>A wait with a token throws when it is cancelled; a <c>ReaderWriterLock</c> throws when its time is up.</summary>
    private static bool CanFail(SemanticModel model, InvocationExpressionSyntax acquire) =>
        acquire.ArgumentList.Arguments.Any(a => IsToken(model, a) && a.Expression.ToString() is not "CancellationToken.None" and not "default") ||
        LockCalls.TypeOf(model, acquire) == "ReaderWriterLock";

    private static bool IsToken(SemanticModel model, ArgumentSyntax argument) => model.GetTypeInfo(argument.Expression).ConvertedType?.Name == "CancellationToken";
}
