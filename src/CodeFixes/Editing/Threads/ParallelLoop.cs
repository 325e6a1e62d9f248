using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>
/// One call of <c>Parallel</c> in place of raw threads: of the list that keeps them, of the loop or query that makes them, and of the loops that start and join
/// them. These must stand one behind the other, and the threads must be used for nothing else.
/// </summary>
internal sealed class ParallelLoop
{
    private const string Parallel = "global::System.Threading.Tasks.Parallel.";
    private const string Bound = "new global::System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = global::System.Environment.ProcessorCount }, ";

    private readonly Layout _layout;
    private readonly SemanticModel _model;
    private readonly Siblings _list;
    private readonly string _options;
    private readonly CancellationToken _cancellation;

    private ParallelLoop(Layout layout, SemanticModel model, Siblings list, bool isBounded, CancellationToken cancellation)
    {
        _options = isBounded ? Bound : "";
        _layout = layout;
        _model = model;
        _list = list;
        _cancellation = cancellation;
    }

    /// <summary>
    /// The document with the loop or query around <paramref name="creation"/> made parallel, or null when its form is another. A bound is written down for work that
    /// does not compute only, of which the pool would try to run more at a time.
    /// </summary>
    public static async Task<Document?> RewriteAsync(Document document, BaseObjectCreationExpressionSyntax creation, bool isBounded, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var statement = creation.Ancestors().OfType<StatementSyntax>().FirstOrDefault(static s => s is ForStatementSyntax or ForEachStatementSyntax or LocalDeclarationStatementSyntax { Parent: not BlockSyntax { Parent: ForStatementSyntax or ForEachStatementSyntax } });
        if (root is null || model is null || statement is null || Siblings.Around(statement) is not { } list || !layout.StartsLine(statement))
        {
            return null;
        }

        var loop = new ParallelLoop(layout, model, list, isBounded, cancellation);
        return (statement is LocalDeclarationStatementSyntax query ? loop.OfQuery(query, creation) : loop.OfLoop(statement, creation)) is not var (first, count, text) ? null
            : await loop.ReplaceAsync(document, root, first, count, text).ConfigureAwait(false);
    }

    private (int First, int Count, string Text)? OfLoop(StatementSyntax loop, BaseObjectCreationExpressionSyntax creation)
    {
        if (Head(loop) is not { } head || LoopBody(loop) is not { } block || _layout.IsOnOneLine(loop) || Work(creation) is not { } work)
        {
            return null;
        }

        // What the loop says about threads goes; locals that the work reads stay, and stand before it.
        var threads = new HashSet<string>();
        var kept = new List<StatementSyntax>();
        var isMade = false;
        foreach (var statement in block.Statements)
        {
            if (statement.Contains(creation))
            {
                isMade = true;
                if (statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables })
                {
                    threads.Add(variables[0].Identifier.ValueText);
                }
                else if (!AddNames(statement, threads))
                {
                    return null;
                }
            }
            else if (!AddNames(statement, threads))
            {
                if (isMade || statement is not LocalDeclarationStatementSyntax)
                {
                    return null;
                }

                kept.Add(statement);
                continue;
            }

            if (HasComments(statement, creation))
            {
                return null;
            }
        }

        var at = _list.Statements.IndexOf(loop);
        var first = at > 0 && _list.Statements[at - 1] is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } group } declared && threads.Contains(group[0].Identifier.ValueText) && !declared.HasInnerComments() && !declared.GetTrailingTrivia().Any(static t => t.IsComment()) ? at - 1 : at;
        if (first < at && loop.GetLeadingTrivia().Any(static t => t.IsComment()))
        {
            return null;
        }

        var end = Joined(at + 1, threads);
        return IsMentioned(threads, first, end - first) ? null : (first, end - first, head.Call + Body(head.Body, kept, work, loop) + ");");
    }

    private (int First, int Count, string Text)? OfQuery(LocalDeclarationStatementSyntax query, BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Parent is not SimpleLambdaExpressionSyntax { ExpressionBody: not null, Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" } select } selected } } lambda ||
            selected.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax made } || query.Declaration.Variables is not { Count: 1 } variables || variables[0].Initializer?.Value != made ||
            Work(creation) is not { } work || HasComments(query, creation))
        {
            return null;
        }

        var threads = new HashSet<string> { variables[0].Identifier.ValueText };
        var first = _list.Statements.IndexOf(query);
        var end = Joined(first + 1, threads);
        return IsMentioned(threads, first, end - first) || end == first + 1 ? null
            : (first, end - first, $"{Parallel}ForEach({select.Expression.WithoutTrivia().ToFullString()}, {_options}" + Body(lambda.Parameter.Identifier.ValueText, [], work, query) + ");");
    }

    /// <summary>Behind the statements from <paramref name="next"/> on that do nothing but start and join the threads.</summary>
    private int Joined(int next, HashSet<string> threads)
    {
        var isLast = false;
        for (; next < _list.Statements.Count && !isLast && _list.Statements[next] is var statement && IsOverThreads(statement, threads) && !statement.HasInnerComments() && !statement.GetLeadingTrivia().Any(static t => t.IsComment()); next++)
        {
            // What comes after a comment at its end would take the comment away.
            isLast = statement.GetTrailingTrivia().Any(static t => t.IsComment());
        }

        return next;
    }

    private static bool IsOverThreads(StatementSyntax statement, HashSet<string> threads) => statement switch
    {
        ForEachStatementSyntax { Expression: IdentifierNameSyntax group } each => threads.Contains(group.Identifier.ValueText) && OnlyCall(each.Statement) is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax thread } } && thread.Identifier.ValueText == each.Identifier.ValueText,
        ForStatementSyntax loop => OnlyCall(loop.Statement) is { Expression: MemberAccessExpressionSyntax { Expression: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax group } } } && threads.Contains(group.Identifier.ValueText),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ForEach", Expression: IdentifierNameSyntax group } } } => threads.Contains(group.Identifier.ValueText),
        _ => false,
    };

    private static InvocationExpressionSyntax? OnlyCall(StatementSyntax statement) =>
        (statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : statement) is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" or "Join" } } call } ? call : null;

    /// <summary>Whether the statement speaks of the threads, with the names that it gives them.</summary>
    private static bool AddNames(StatementSyntax statement, HashSet<string> threads)
    {
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax group } } }:
                threads.Add(group.Identifier.ValueText);
                return true;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax access } }:
                return threads.Contains(RootOf(access));
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: IdentifierNameSyntax list }, ArgumentList.Arguments: { Count: 1 } added } }:
                threads.Add(list.Identifier.ValueText);
                return added[0].Expression is IdentifierNameSyntax or BaseObjectCreationExpressionSyntax;
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } }:
                return threads.Contains(RootOf(access));
            default:
                return false;
        }
    }

    private static string RootOf(MemberAccessExpressionSyntax access) => (access.Expression is ElementAccessExpressionSyntax element ? element.Expression : access.Expression).ToString();

    private bool IsMentioned(HashSet<string> threads, int first, int count)
    {
        var gone = _list.Statements.GetRange(first, count);
        return _list.Scope.DescendantNodes(n => !gone.Contains(n)).OfType<IdentifierNameSyntax>().Any(name => threads.Contains(name.Identifier.ValueText) && _model.GetSymbolInfo(name, _cancellation).Symbol is ILocalSymbol) ||
               _list.Scope.DescendantNodes(n => !gone.Contains(n)).OfType<VariableDeclaratorSyntax>().Any(d => threads.Contains(d.Identifier.ValueText));
    }

    /// <summary>The statements of the work; a method that is named by itself is called.</summary>
    private IReadOnlyList<StatementSyntax>? Work(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ArgumentList?.Arguments is not { Count: 1 } arguments)
        {
            return null;
        }

        var given = arguments[0].Expression;

        if (Lambdas.WithoutDelegateType(given) is { } lambda)
        {
            return lambda is SimpleLambdaExpressionSyntax or ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: > 0 } ? null
                : lambda.Block is { } block ? block.Statements.ToList()
                : new[] { SyntaxFactory.ExpressionStatement((ExpressionSyntax)lambda.Body) };
        }

        return given is IdentifierNameSyntax or MemberAccessExpressionSyntax && _model.GetSymbolInfo(given, _cancellation).Symbol is IMethodSymbol { Parameters.IsEmpty: true }
            ? new[] { SyntaxFactory.ExpressionStatement(SyntaxFactory.InvocationExpression(given.WithoutTrivia())) }
            : null;
    }

    /// <summary>The call up to its body, and the name of what the body is given.</summary>
    private (string Call, string Body)? Head(StatementSyntax loop) => loop switch
    {
        ForEachStatementSyntax each when each.AwaitKeyword.IsKind(SyntaxKind.None) && _model.GetForEachStatementInfo(each).ElementConversion.IsIdentity =>
            ($"{Parallel}ForEach({each.Expression.WithoutTrivia().ToFullString()}, {_options}", each.Identifier.ValueText),
        ForStatementSyntax
        {
            Declaration.Variables: { Count: 1 } variables,
            Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax tested, Right: var to },
            Incrementors: { Count: 1 } steps,
        } counted when variables[0] is { Initializer.Value: var from, Identifier.ValueText: var index } && tested.Identifier.ValueText == index && IsStep(steps[0]) && _model.GetTypeInfo(counted.Declaration!.Type, _cancellation).Type?.SpecialType == SpecialType.System_Int32 && IsFixed(to) =>
            ($"{Parallel}For({from.WithoutTrivia().ToFullString()}, {to.WithoutTrivia().ToFullString()}, {_options}", index),
        _ => null,
    };

    private static bool IsStep(ExpressionSyntax step) => step.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PreIncrementExpression;

    /// <summary>The end of the loop is asked for in each round, and in the parallel loop once: a plain name or its length, and no call.</summary>
    private static bool IsFixed(ExpressionSyntax end) => !end.DescendantNodesAndSelf().Any(static n => n is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or ElementAccessExpressionSyntax);

    private static BlockSyntax? LoopBody(StatementSyntax loop) => (loop is ForStatementSyntax counted ? counted.Statement : ((ForEachStatementSyntax)loop).Statement) as BlockSyntax;

    /// <summary>Comments that would go with the statement; those of the work itself stay.</summary>
    private static bool HasComments(StatementSyntax statement, BaseObjectCreationExpressionSyntax creation)
    {
        var lambda = Lambdas.WithoutDelegateType(creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression);
        var work = lambda?.Block?.Statements.FullSpan ?? lambda?.Body.Span ?? default;
        return statement.DescendantTrivia().Any(t => t.IsComment() && !work.Contains(t.Span));
    }

    private string Body(string parameter, IReadOnlyList<StatementSyntax> kept, IReadOnlyList<StatementSyntax> work, StatementSyntax place)
    {
        if (kept.Count == 0 && work.Count == 1 && work[0] is ExpressionStatementSyntax { Expression: var only, Parent: null })
        {
            return $"{parameter} => {only.WithoutTrivia().ToFullString()}";
        }

        var indent = _layout.IndentOf(place);
        var style = BlockStyle.Of(_layout, place, place) with { IsOneLine = false };
        var line = _layout.NewLine.ToString();
        var lines = string.Join(line, kept.Concat(work).Select(statement => Line(statement, style.Deeper)));
        return $"{parameter} =>{(style.BracesHaveOwnLine ? line + indent : " ")}{{{line}{lines}{line}{indent}}}";
    }

    private string Line(StatementSyntax statement, string indent)
    {
        if (statement.Parent is null || !_layout.StartsLine(statement))
        {
            return indent + statement.WithoutTrivia().ToFullString();
        }

        return _layout.Shift(statement, _layout.IndentOf(statement), indent).ToFullString().TrimEnd('\r', '\n', ' ');
    }

    private async Task<Document?> ReplaceAsync(Document document, SyntaxNode root, int first, int count, string text)
    {
        if (ConditionalCode.IsBetween(_list.Statements[first], _list.Statements[first + count - 1]))
        {
            return null;
        }

        var call = SyntaxFactory.ParseStatement(text);
        call = call.ReplaceNodes(
            call.DescendantNodes().Where(static n => n is MemberAccessExpressionSyntax or QualifiedNameSyntax && n.ToString().StartsWith("global::System.", System.StringComparison.Ordinal)),
            static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        call = call.WithLeadingTrivia(_list.Statements[first].GetLeadingTrivia()).WithTrailingTrivia(_list.Statements[first + count - 1].GetTrailingTrivia());
        var changed = document.WithSyntaxRoot(_list.Replace(root, first, count, call));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: _cancellation).ConfigureAwait(false);
    }
}
