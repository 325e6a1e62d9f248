using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The body of a member that forwards to one lock call, as written. Beside the call it may keep books (assignments, counters), check its arguments and throw, assert, and
/// throw again what it caught: nothing of this keeps a caller that comes back from having made the call. It may also return an object that gives the lock back. Whatever else it
/// does makes it no such member.
/// </summary>
internal sealed class ForwardingBody
{
    private readonly LockWords _words;
    private readonly bool _mayReturn;
    private readonly Dictionary<string, ExpressionSyntax?> _assigned = [];
    private string? _task;
    private bool _isHandled;
    private bool _isClear = true;

    private ForwardingBody(LockWords words, bool mayReturn)
    {
        _words = words;
        _mayReturn = mayReturn;
    }

    /// <summary>The lock call, which every normal way through the member makes and waits for; null when there is none and the member only returns something.</summary>
    public InvocationExpressionSyntax? Call { get; private set; }

    /// <summary>What it returns beside the call itself.</summary>
    public ExpressionSyntax? Result { get; private set; }

    /// <summary>Whether the member gives the variable a value.</summary>
    public bool Assigns(string name) => _assigned.ContainsKey(name);

    /// <summary>The only value that the member gives the variable.</summary>
    public ExpressionSyntax? ValueOf(string name) => _assigned.TryGetValue(name, out var value) ? value : null;

    /// <summary>The body of a member that takes a lock, if it does, and returns what gives it back; null for one of another form.</summary>
    public static ForwardingBody? Returning(BaseMethodDeclarationSyntax method, LockWords words)
    {
        var body = Of(method, words, mayReturn: true);
        return body._isClear && (body.Call is null || body.IsWaitedFor()) ? body : null;
    }

    /// <summary>The same for one statement of a member.</summary>
    public static ForwardingBody? Returning(StatementSyntax statement, LockWords words)
    {
        var body = new ForwardingBody(words, mayReturn: true);
        body.Read(statement, isLast: false);
        return body._isClear && (body.Call is null || body.IsWaitedFor()) ? body : null;
    }

    /// <summary>The only lock call of a member that does nothing else with locks and is made for that; null for one of another form.</summary>
    public static InvocationExpressionSyntax? CallOf(BaseMethodDeclarationSyntax method, LockWords words)
    {
        var body = Of(method, words, mayReturn: false);
        return body is { _isClear: true, Call: { } call } && body.IsWaitedFor() && !call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => body.Assigns(n.Identifier.ValueText)) ? call : null;
    }

    private static ForwardingBody Of(BaseMethodDeclarationSyntax method, LockWords words, bool mayReturn)
    {
        var body = new ForwardingBody(words, mayReturn);
        if (method.ExpressionBody is { } only)
        {
            body.ReadResult(only.Expression);
        }
        else if (method.Body is { } block)
        {
            body.Read(block.Statements, isLast: true);
        }

        return body;
    }

    /// <summary>The lock is held by who comes back: the task is awaited, or who calls gets it.</summary>
    private bool IsWaitedFor() => _isHandled || NameOf(Call!) != "WaitAsync";

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
                _isClear &= isLast;
                ReadResult(value);
                break;
            case ReturnStatementSyntax:
                _isClear &= isLast;
                break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local:
                foreach (var variable in local.Declaration.Variables)
                {
                    Read(variable);
                }

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

    private void Read(VariableDeclaratorSyntax variable)
    {
        var value = variable.Initializer?.Value;
        Assign(variable.Identifier.ValueText, value);

        // `var wait = _gate.WaitAsync();`: what is returned must be made of it.
        if (_mayReturn && value is not null && ReadCall(value, isReturned: false))
        {
            _task = variable.Identifier.ValueText;
            return;
        }

        _isClear &= value is null || IsPlain(value) || (_mayReturn && value is BaseObjectCreationExpressionSyntax);
    }

    private void ReadResult(ExpressionSyntax value)
    {
        if (ReadCall(value, isReturned: true))
        {
            return;
        }

        Result = value;
        _isClear &= _mayReturn;
        _isHandled |= _task is not null && value.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax name && name.Identifier.ValueText == _task);
    }

    /// <summary>Takes the expression for the lock call, awaited or not; a second one makes the member unclear.</summary>
    private bool ReadCall(ExpressionSyntax expression, bool isReturned)
    {
        if (Unwrapped(expression) is not { } call || NameOf(call) is not { } name || !(_words.IsAcquire(name) || _words.IsRelease(name)))
        {
            return false;
        }

        _isClear &= Call is null;
        Call = call;
        _isHandled = isReturned || expression is AwaitExpressionSyntax;
        return true;
    }

    private bool IsBookkeeping(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case AssignmentExpressionSyntax { Left: var left } assignment:
                return Assign(left, assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : null) && IsPlain(assignment.Right);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand }:
                return Assign(operand, null);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var operand }:
                return Assign(operand, null);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name } }
                when (owner is MemberAccessExpressionSyntax { Name: var last } ? last : owner) is SimpleNameSyntax { Identifier.ValueText: var type }:
                return type == "Debug" || (name.StartsWith("ThrowIf", System.StringComparison.Ordinal) && type.EndsWith("Exception", System.StringComparison.Ordinal));
            default:
                return false;
        }
    }

    private bool Assign(ExpressionSyntax target, ExpressionSyntax? value)
    {
        switch (target)
        {
            case IdentifierNameSyntax simple:
                Assign(simple.Identifier.ValueText, value);
                return true;
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var member }:
                Assign(member, value);
                return true;
            default:
                return false;
        }
    }

    private void Assign(string name, ExpressionSyntax? value) => _assigned[name] = _assigned.ContainsKey(name) ? null : value;

    /// <summary>Reads and operators alone; a <c>throw</c> in it may make what it likes.</summary>
    private static bool IsPlain(ExpressionSyntax expression) => expression.DescendantNodesAndSelf(static n => n is not ThrowExpressionSyntax).All(static n => n is not
        (InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } } or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax));

    private static bool Throws(StatementSyntax statement) => statement switch
    {
        ThrowStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => statements[statements.Count - 1] is ThrowStatementSyntax && !statement.DescendantNodes().Any(static n => n is ReturnStatementSyntax or GotoStatementSyntax),
        _ => false,
    };

    /// <summary>The call that an expression is, awaited or not.</summary>
    public static InvocationExpressionSyntax? Unwrapped(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax awaited => Unwrapped(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } => Unwrapped(inner),
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    private static string? NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
}
