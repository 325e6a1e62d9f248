using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Snippets;

/// <summary>
/// Works out one test: literals, interpolation, constants, conditions, loops over lists and calls of helpers in the test project, down to the arguments
/// of <c>Verify</c>. What else a test may contain makes it unreadable, and it is listed as such.
/// </summary>
internal sealed class TestReader(TestClasses classes, string name)
{
    /// <summary>The helper that indents code by a string: what it does means nothing here.</summary>
    private const string Layout = "Indented";

    private readonly List<Snippet> _snippets = [];

    public IReadOnlyList<Snippet> Snippets => _snippets;

    /// <summary>Whether the test is understood; a test that verifies nothing is, and gives no snippet.</summary>
    public bool TryRead(MethodDeclarationSyntax method, ImmutableArray<ExpressionSyntax> row)
    {
        var type = ((TypeDeclarationSyntax)method.Parent!).Identifier.Text;
        try
        {
            Call(method, [.. row.Select(argument => Evaluate(argument, new Scope(type, [])))]);
            return true;
        }
        catch (NotUnderstoodException)
        {
            return false;
        }
    }

    private object? Call(MethodDeclarationSyntax method, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named = null)
    {
        var scope = new Scope(((TypeDeclarationSyntax)method.Parent!).Identifier.Text, []);
        foreach (var (parameter, i) in method.ParameterList.Parameters.Select(static (p, i) => (p, i)))
        {
            scope.Locals[parameter.Identifier.Text] = i < arguments.Count ? arguments[i]
                : named?.TryGetValue(parameter.Identifier.Text, out var given) == true ? given
                : parameter.Default is { } missing ? Evaluate(missing.Value, scope)
                : throw new NotUnderstoodException();
        }

        return method.ExpressionBody is { } body ? Evaluate(body.Expression, scope) : Run(method.Body?.Statements ?? [], scope);
    }

    private object? Run(IEnumerable<StatementSyntax> statements, Scope scope)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ReturnStatementSyntax { Expression: { } value }:
                    return Evaluate(value, scope);
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } call:
                    Evaluate(call.Expression, scope);
                    break;
                case ForEachStatementSyntax loop when Evaluate(loop.Expression, scope) is object?[] each:
                    foreach (var one in each)
                    {
                        scope.Locals[loop.Identifier.Text] = one;
                        Run(loop.Statement is BlockSyntax block ? block.Statements : [loop.Statement], scope);
                    }

                    break;
                case LocalDeclarationStatementSyntax declaration:
                    foreach (var variable in declaration.Declaration.Variables)
                    {
                        scope.Locals[variable.Identifier.Text] = Evaluate(variable.Initializer!.Value, scope);
                    }

                    break;
                default:
                    throw new NotUnderstoodException();
            }
        }

        return null;
    }

    private object? Evaluate(ExpressionSyntax expression, Scope scope) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value,
        ParenthesizedExpressionSyntax inner => Evaluate(inner.Expression, scope),
        AwaitExpressionSyntax awaited => Evaluate(awaited.Expression, scope),
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => part switch
        {
            InterpolatedStringTextSyntax literal => Unescaped(text, literal.TextToken.ValueText),
            InterpolationSyntax hole => Evaluate(hole.Expression, scope)?.ToString(),
            _ => throw new NotUnderstoodException(),
        })),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => $"{Evaluate(sum.Left, scope)}{Evaluate(sum.Right, scope)}",
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax constant } test => Equals(Evaluate(test.Expression, scope), Evaluate(constant.Expression, scope)),
        ConditionalExpressionSyntax choice => Evaluate(Evaluate(choice.Condition, scope) is true ? choice.WhenTrue : choice.WhenFalse, scope),
        IdentifierNameSyntax local when scope.Locals.TryGetValue(local.Identifier.Text, out var value) => value,
        IdentifierNameSyntax member => Value(scope.Class, member.Identifier.Text),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } member => Value(type.Identifier.Text, member.Name.Identifier.Text),
        MemberAccessExpressionSyntax { Name.Identifier.Text: nameof(StringComparison.Ordinal), Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: nameof(StringComparison) } } => StringComparison.Ordinal,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.Select(element => Evaluate(element, scope)).ToArray(),
        LambdaExpressionSyntax lambda => new Configuring(lambda, scope),
        InvocationExpressionSyntax call => Invoke(call, scope),
        _ => throw new NotUnderstoodException(),
    };

    private static string Unescaped(InterpolatedStringExpressionSyntax text, string part) =>
        text.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken) ? part.Replace("{{", "{").Replace("}}", "}") : part;

    private object? Value(string type, string member) =>
        classes.Value(type, member) is { } value ? Evaluate(value, new Scope(type, [])) : throw new NotUnderstoodException();

    private object? Invoke(InvocationExpressionSyntax call, Scope scope)
    {
        var target = call.Expression as MemberAccessExpressionSyntax;
        if (target?.Expression is IdentifierNameSyntax { Identifier.Text: "Verify" })
        {
            return Add([.. call.ArgumentList.Arguments.Select(a => Evaluate(a.Expression, scope))], target.Name.Identifier.Text);
        }

        var arguments = call.ArgumentList.Arguments.Where(static a => a.NameColon is null).Select(a => Evaluate(a.Expression, scope)).ToList();
        var method = (target?.Name ?? call.Expression as SimpleNameSyntax)?.Identifier.Text ?? "";
        var type = target is null ? scope.Class : target.Expression is IdentifierNameSyntax known && classes.Has(known.Identifier.Text) ? known.Identifier.Text : null;
        if (method == Layout && arguments is [string laidOut, string])
        {
            return laidOut;
        }

        if (type is not null)
        {
            return classes.Method(type, method, arguments.Count) is { } found
                ? Call(found, arguments, call.ArgumentList.Arguments.Where(static a => a.NameColon is not null).ToDictionary(static a => a.NameColon!.Name.Identifier.Text, a => Evaluate(a.Expression, scope)))
                : throw new NotUnderstoodException();
        }

        return (Evaluate(target!.Expression, scope), method, arguments.Where(static a => a is not StringComparison).ToList()) switch
        {
            (string text, "Replace", [string from, string to]) => text.Replace(from, to),
            (string text, "Contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
            (string text, "Trim", []) => text.Trim(),
            _ => throw new NotUnderstoodException(),
        };
    }

    private object? Add(IReadOnlyList<object?> arguments, string verifier)
    {
        if (arguments is not [string rule, string markup, ..])
        {
            throw new NotUnderstoodException();
        }

        var suffix = _snippets.Count == 0 ? "" : $"#{_snippets.Count + 1}";
        var configuring = arguments.OfType<Configuring>().ToList();
        var beside = configuring.Select(FileBeside).ToList();
        _snippets.Add(Snippet.OfMarkup(name + suffix, rule, markup, [.. beside.OfType<string>()], isConfigured: verifier != "Rule" || beside.Contains(null)));
        return null;
    }

    /// <summary>The text of the second file, where that is all that is configured.</summary>
    private string? FileBeside(Configuring configuring) =>
        configuring.Lambda.Body is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Add", Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Sources" } },
            ArgumentList.Arguments: [{ Expression: var file }],
        }
            ? Evaluate(file is TupleExpressionSyntax { Arguments: [_, var text] } ? text.Expression : file, configuring.Scope) as string
            : null;

    /// <summary>A lambda that changes the test before it runs.</summary>
    private sealed record Configuring(LambdaExpressionSyntax Lambda, Scope Scope);

    /// <summary>What names mean where an expression stands.</summary>
    private sealed record Scope(string Class, Dictionary<string, object?> Locals);

    private sealed class NotUnderstoodException : Exception;
}
