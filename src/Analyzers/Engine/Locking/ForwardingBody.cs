using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The body of a member that forwards to one lock call, as written. Beside the call it may keep books (assignments, counters), check its arguments and throw, assert, and
/// throw again what it caught: nothing of this keeps a caller that comes back from having made the call. Whatever else it does makes it no such member.
/// </summary>
internal sealed class ForwardingBody
{
    private readonly LockWords _words;
    private readonly HashSet<string> _assigned = [];
    private bool _isClear = true;

    private ForwardingBody(LockWords words) => _words = words;

    /// <summary>The lock call, and whether it is waited for or its task given to the caller.</summary>
    private (InvocationExpressionSyntax Call, bool IsHandled)? Found { get; set; }

    /// <summary>The only lock call of the member, which every normal way through it makes; null when there is no such call.</summary>
    public static InvocationExpressionSyntax? CallOf(BaseMethodDeclarationSyntax method, LockWords words)
    {
        var body = new ForwardingBody(words);
        if (method.ExpressionBody is { } only)
        {
            body.ReadCall(only.Expression, isReturned: true);
        }
        else if (method.Body is { } block)
        {
            body.Read(block.Statements, isLast: true);
        }

        return body is { _isClear: true, Found: var (call, isHandled) } && (isHandled || NameOf(call) != "WaitAsync") &&
            call.Expression is MemberAccessExpressionSyntax && !call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => body._assigned.Contains(n.Identifier.ValueText))
            ? call
            : null;
    }

    private void Read(SyntaxList<StatementSyntax> statements, bool isLast)
    {
        for (var i = 0; i < statements.Count && _isClear; i++)
        {
            Read(statements[i], isLast && i == statements.Count - 1);
        }
    }

    private void Read(StatementSyntax statement, bool isLast)
    {
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: var expression }:
                if (!ReadCall(expression, isReturned: false) && !IsBookkeeping(expression))
                {
                    _isClear = false;
                }

                break;
            case ReturnStatementSyntax { Expression: { } value }:
                _isClear &= isLast && ReadCall(value, isReturned: true);
                break;
            case ReturnStatementSyntax:
                _isClear &= isLast;
                break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local:
                _isClear &= local.Declaration.Variables.All(v => v.Initializer is null || IsPlain(v.Initializer.Value));
                _assigned.UnionWith(local.Declaration.Variables.Select(static v => v.Identifier.ValueText));
                break;
            case IfStatementSyntax { Else: null } check:
                _isClear &= IsPlain(check.Condition) && Throws(check.Statement);
                break;
            case BlockSyntax block:
                Read(block.Statements, isLast);
                break;
            case TryStatementSyntax guarded:
                _isClear &= guarded.Catches.All(static c => Throws(c.Block));
                Read(guarded.Block.Statements, isLast: false);
                Read(guarded.Finally?.Block.Statements ?? default, isLast: false);
                break;
            case EmptyStatementSyntax:
                break;
            default:
                _isClear = false;
                break;
        }
    }

    /// <summary>Takes the expression for the lock call, awaited or not; a second one makes the member unclear.</summary>
    private bool ReadCall(ExpressionSyntax expression, bool isReturned)
    {
        if (Unwrapped(expression) is not { } call || NameOf(call) is not { } name || !(_words.IsAcquire(name) || _words.IsRelease(name)))
        {
            return false;
        }

        _isClear &= Found is null;
        Found = (call, isReturned || expression is AwaitExpressionSyntax);
        return true;
    }

    private bool IsBookkeeping(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case AssignmentExpressionSyntax { Left: var left } assignment:
                return Assign(left) && IsPlain(assignment.Right);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand }:
                return Assign(operand);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var operand }:
                return Assign(operand);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name } }
                when (owner is MemberAccessExpressionSyntax { Name: var last } ? last : owner) is SimpleNameSyntax { Identifier.ValueText: var type }:
                return type == "Debug" || (name.StartsWith("ThrowIf", System.StringComparison.Ordinal) && type.EndsWith("Exception", System.StringComparison.Ordinal));
            default:
                return false;
        }
    }

    private bool Assign(ExpressionSyntax target)
    {
        var name = target switch
        {
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var member } => member,
            _ => null,
        };
        return name is not null && (_assigned.Add(name) || true);
    }

    /// <summary>Reads and operators alone; a <c>throw</c> in it may make what it likes.</summary>
    private static bool IsPlain(ExpressionSyntax expression) => expression.DescendantNodesAndSelf(static n => n is not ThrowExpressionSyntax).All(static n => n is not
        (InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } } or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax));

    private static bool Throws(StatementSyntax statement) => statement switch
    {
        ThrowStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => statements[statements.Count - 1] is ThrowStatementSyntax && !statement.DescendantNodes().Any(static n => n is ReturnStatementSyntax or GotoStatementSyntax),
        _ => false,
    };

    private static InvocationExpressionSyntax? Unwrapped(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax awaited => Unwrapped(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } => Unwrapped(inner),
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    private static string? NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
}
