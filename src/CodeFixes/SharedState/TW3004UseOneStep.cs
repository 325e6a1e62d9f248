using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Puts the member that does both steps in one in the place of a check and the act behind it. Closed forms only: the act is all that the check decides, or the first of it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3004UseOneStep() : ThreadwiseFix(TW3004CheckThenAct.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Others.FirstOrDefault() is not { } check || check.FirstAncestorOrSelf<StatementSyntax>() is { ContainsDirectives: true } || site.Target.FirstAncestorOrSelf<ExpressionSyntax>() is not { } act)
        {
            return null;
        }

        var changed = site.Properties[FixProperties.Edit] switch
        {
            "TryGetValue" => TryGetValue(root, check, act),
            "GetOrAdd" => GetOrAdd(root, check, act),
            "TryAdd" => TryAdd(root, check, act),
            "AddOrUpdate" => AddOrUpdate(root, act),
            "TryRemove" or "TryTake" => TakeInCondition(root, check, act),
            _ => null,
        };
        return changed is null
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary><c>if (d.ContainsKey(k)) … d[k] …</c>: the value comes with the answer.</summary>
    private static SyntaxNode? TryGetValue(SyntaxNode root, SyntaxNode check, ExpressionSyntax act)
    {
        if (check.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContainsKey" } contains, ArgumentList.Arguments: { Count: 1 } } call ||
            act.FirstAncestorOrSelf<ElementAccessExpressionSyntax>() is not { } element)
        {
            return null;
        }

        SyntaxNode? branch = call.Ancestors().FirstOrDefault(static a => a is IfStatementSyntax or ConditionalExpressionSyntax) switch
        {
            IfStatementSyntax choice when choice.Condition.Span.Contains(call.Span) && choice.Statement.Span.Contains(element.Span) => choice.Statement,
            ConditionalExpressionSyntax choice when choice.Condition.Span.Contains(call.Span) && choice.WhenTrue.Span.Contains(element.Span) => choice.WhenTrue,
            _ => null,
        };
        if (branch is null || branch.DescendantNodes().Any(n => n is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax target } && target.IsEquivalentTo(element, topLevel: false)))
        {
            return null;
        }

        var name = FreshName.For("found", call);
        var reads = branch.DescendantNodesAndSelf().OfType<ElementAccessExpressionSyntax>().Where(e => e.IsEquivalentTo(element, topLevel: false) && e.Expression.ToString() == contains.Expression.ToString()).ToList();
        return root.ReplaceNodes(reads.Append<SyntaxNode>(call), (old, _) => old == call
            ? ParseExpression($"{contains.Expression}.TryGetValue({call.ArgumentList.Arguments[0]}, out var {name})").WithTriviaFrom(old)
            : IdentifierName(name).WithTriviaFrom(old));
    }

    /// <summary><c>if (!d.TryGetValue(k, out var v)) { v = new(); d[k] = v; }</c> as <c>var v = d.GetOrAdd(k, _ => new());</c></summary>
    private static SyntaxNode? GetOrAdd(SyntaxNode root, SyntaxNode check, ExpressionSyntax act)
    {
        if (check.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } call || call.Parent is not PrefixUnaryExpressionSyntax { Parent: IfStatementSyntax { Else: null } choice } not ||
            choice.Condition != not || !choice.Span.Contains(act.Span) || choice.HasInnerComments())
        {
            return null;
        }

        var statements = choice.Statement is BlockSyntax block ? block.Statements : SingletonList(choice.Statement);
        var assignments = statements.OfType<ExpressionStatementSyntax>().Select(static s => s.Expression).ToList();
        if (assignments.Count != statements.Count || assignments.Count == 0)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        string? made = null;
        string? target = null;
        if (access.Name.Identifier.ValueText == "ContainsKey" && assignments.Count == 1 && assignments[0] is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Right: var only })
        {
            (made, target) = (only.ToString(), "");
        }
        else if (access.Name.Identifier.ValueText == "TryGetValue" && arguments.Count == 2 && NameOf(arguments[1]) is var (name, declared))
        {
            target = declared + name + " = ";
            made = (assignments[0], assignments.Count == 2 ? assignments[1] : null, assignments.Count) switch
            {
                (AssignmentExpressionSyntax { Left: IdentifierNameSyntax first, Right: var value }, AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Right: IdentifierNameSyntax second }, 2)
                    when first.Identifier.ValueText == name && second.Identifier.ValueText == name => value.ToString(),
                (AssignmentExpressionSyntax { Left: IdentifierNameSyntax first, Right: var value }, InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } given }, 2)
                    when first.Identifier.ValueText == name && given[1].Expression is IdentifierNameSyntax second && second.Identifier.ValueText == name => value.ToString(),
                (AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Right: AssignmentExpressionSyntax { Left: IdentifierNameSyntax first, Right: var value } }, null, 1) when first.Identifier.ValueText == name => value.ToString(),
                (AssignmentExpressionSyntax { Left: IdentifierNameSyntax first, Right: AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Right: var value } }, null, 1) when first.Identifier.ValueText == name => value.ToString(),
                _ => null,
            };
        }

        return made is null || made.Contains("await ") ? null
            : root.ReplaceNode(choice, ParseStatement($"{target}{access.Expression}.GetOrAdd({arguments[0]}, _ => {made});").WithTriviaFrom(choice).WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary><c>if (!d.ContainsKey(k)) d[k] = v;</c> as <c>d.TryAdd(k, v);</c>, and an exit in front of it as one on the answer.</summary>
    private static SyntaxNode? TryAdd(SyntaxNode root, SyntaxNode check, ExpressionSyntax act)
    {
        if (check.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContainsKey" } access } call || act.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement)
        {
            return null;
        }

        var added = statement.Expression switch
        {
            AssignmentExpressionSyntax { Right: IdentifierNameSyntax or LiteralExpressionSyntax } assignment => $"{access.Expression}.TryAdd({call.ArgumentList.Arguments[0]}, {assignment.Right})",
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryAdd" } } whole => whole.ToString(),
            _ => null,
        };
        if (added is null)
        {
            return null;
        }

        switch (call.Parent)
        {
            case PrefixUnaryExpressionSyntax { Parent: IfStatementSyntax { Else: null } choice } when OnlyStatement(choice) == statement && !choice.HasInnerComments():
                return root.ReplaceNode(choice, ParseStatement(added + ";").WithTriviaFrom(choice).WithAdditionalAnnotations(Formatter.Annotation));
            case PrefixUnaryExpressionSyntax { Parent: IfStatementSyntax { Else: null, Statement: BlockSyntax { Statements: { Count: > 1 } steps } } choice } not when choice.Condition == not && steps[0] == statement && !statement.HasComments():
                var kept = root.TrackNodes<SyntaxNode>(not, statement);
                kept = kept.ReplaceNode(kept.GetCurrentNode<SyntaxNode>(not)!, ParseExpression(added).WithTriviaFrom(not));
                return kept.RemoveNode(kept.GetCurrentNode<SyntaxNode>(statement)!, SyntaxRemoveOptions.KeepNoTrivia);
            case IfStatementSyntax { Else: null, Parent: BlockSyntax block } choice when OnlyStatement(choice) is ThrowStatementSyntax or ReturnStatementSyntax && block.Statements.IndexOf(choice) is var at && at + 1 < block.Statements.Count &&
                block.Statements[at + 1] == statement && !statement.HasComments():
                var tracked = root.TrackNodes(choice, statement);
                tracked = tracked.ReplaceNode(tracked.GetCurrentNode(choice)!, choice.WithCondition(ParseExpression("!" + added).WithTriviaFrom(choice.Condition)));
                return tracked.RemoveNode(tracked.GetCurrentNode(statement)!, SyntaxRemoveOptions.KeepNoTrivia);
            default:
                return null;
        }
    }

    /// <summary>A value for a new key and one made from the old one, told apart by a test.</summary>
    private static SyntaxNode? AddOrUpdate(SyntaxNode root, ExpressionSyntax act)
    {
        if (act.FirstAncestorOrSelf<ElementAccessExpressionSyntax>() is not { ArgumentList.Arguments: { Count: 1 } } element || element.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement)
        {
            return null;
        }

        var old = FreshName.For("old", statement);
        if (statement.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var right } whole && whole.Left == element && Unwrapped(right) is ConditionalExpressionSyntax { Condition: InvocationExpressionSyntax test } choice &&
            Updated(choice.WhenTrue, element, NameIn(test), old) is { } updated && IsPlain(choice.WhenFalse, element) && !statement.HasInnerComments())
        {
            return root.ReplaceNode(statement, Call(choice.WhenFalse, updated).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation));
        }

        var branch = statement.Ancestors().OfType<IfStatementSyntax>().FirstOrDefault();
        if (branch is { Condition: InvocationExpressionSyntax found, Else: { } otherwise } && OnlyStatement(branch) == statement && (otherwise.Statement is BlockSyntax { Statements: { Count: 1 } list } ? list[0] : otherwise.Statement) is ExpressionStatementSyntax first &&
            !branch.HasInnerComments() && InitialOf(first.Expression, element) is { } initial && Updated(statement.Expression, element, NameIn(found), old) is { } stepped)
        {
            return root.ReplaceNode(branch, Call(initial, stepped).WithTriviaFrom(branch).WithAdditionalAnnotations(Formatter.Annotation));
        }

        return null;

        StatementSyntax Call(ExpressionSyntax added, string changed) => ParseStatement($"{element.Expression}.AddOrUpdate({element.ArgumentList.Arguments[0]}, {added}, (_, {old}) => {changed});");
    }

    /// <summary>The check as the answer of the take that was the first thing behind it.</summary>
    private static SyntaxNode? TakeInCondition(SyntaxNode root, SyntaxNode check, ExpressionSyntax act)
    {
        if (act.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } statement } call || block.Statements[0] != statement || statement.HasComments())
        {
            return null;
        }

        var condition = block.Parent switch
        {
            IfStatementSyntax choice => choice.Condition,
            WhileStatementSyntax loop => loop.Condition,
            _ => null,
        };
        if (condition is null || !condition.Span.Contains(check.Span) || condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression })
        {
            return null;
        }

        ExpressionSyntax answer = call.WithoutTrivia();
        if (check.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue" } access } found)
        {
            // What was found under the key is what is removed.
            if (found != condition || call.ArgumentList.Arguments.Count != 2 || call.ArgumentList.Arguments[1].Expression is not IdentifierNameSyntax { Identifier.ValueText: "_" })
            {
                return null;
            }

            answer = found.WithExpression(access.WithName(IdentifierName("TryRemove")));
        }

        var tracked = root.TrackNodes(condition, statement);
        tracked = tracked.ReplaceNode(tracked.GetCurrentNode(condition)!, answer.WithTriviaFrom(condition));
        return tracked.RemoveNode(tracked.GetCurrentNode(statement)!, SyntaxRemoveOptions.KeepNoTrivia);
    }

    private static StatementSyntax OnlyStatement(IfStatementSyntax choice) => choice.Statement is BlockSyntax { Statements: { Count: 1 } list } ? list[0] : choice.Statement;

    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression) => expression is ParenthesizedExpressionSyntax inner ? Unwrapped(inner.Expression) : expression;

    /// <summary>The variable of an <c>out</c> argument, with what declares it.</summary>
    private static (string Name, string Declared)? NameOf(ArgumentSyntax argument) => argument.Expression switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable, Type: var type } => (variable.Identifier.ValueText, $"{type} "),
        IdentifierNameSyntax { Identifier.ValueText: not "_" } name => (name.Identifier.ValueText, ""),
        _ => null,
    };

    private static string? NameIn(InvocationExpressionSyntax test) => test.ArgumentList.Arguments.Count == 2 ? NameOf(test.ArgumentList.Arguments[1])?.Name : null;

    /// <summary>The new value as one made from <paramref name="old"/>; null where it uses something else of the entry.</summary>
    private static string? Updated(ExpressionSyntax expression, ElementAccessExpressionSyntax element, string? name, string old) => expression switch
    {
        PostfixUnaryExpressionSyntax { Operand: var operand } step when operand.IsEquivalentTo(element, topLevel: false) => $"{old} {step.OperatorToken.ValueText[0]} 1",
        PrefixUnaryExpressionSyntax { Operand: var operand } step when operand.IsEquivalentTo(element, topLevel: false) => $"{old} {step.OperatorToken.ValueText[0]} 1",
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left.IsEquivalentTo(element, topLevel: false) => Updated(assignment.Right, element, name, old),
        AssignmentExpressionSyntax assignment when assignment.Left.IsEquivalentTo(element, topLevel: false) && IsPlain(assignment.Right, element) => $"{old} {assignment.OperatorToken.ValueText.TrimEnd('=')} {assignment.Right}",
        AssignmentExpressionSyntax => null,
        _ when expression.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or AssignmentExpressionSyntax) => null,
        _ when OldValues(expression, element, name).ToList() is { Count: > 0 } reads => expression.ReplaceNodes(reads, (node, _) => IdentifierName(old).WithTriviaFrom(node)) is var changed && IsPlain(changed, element) ? changed.ToString() : null,
        _ => null,
    };

    private static IEnumerable<ExpressionSyntax> OldValues(ExpressionSyntax expression, ElementAccessExpressionSyntax element, string? name) => expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
        .Where(e => e is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name || (e is ElementAccessExpressionSyntax && e.IsEquivalentTo(element, topLevel: false)));

    private static ExpressionSyntax? InitialOf(ExpressionSyntax expression, ElementAccessExpressionSyntax element) => expression switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left.IsEquivalentTo(element, topLevel: false) && IsPlain(assignment.Right, element) => assignment.Right,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryAdd" }, ArgumentList.Arguments: { Count: 2 } arguments } when IsPlain(arguments[1].Expression, element) => arguments[1].Expression,
        _ => null,
    };

    private static bool IsPlain(ExpressionSyntax expression, ElementAccessExpressionSyntax element) => !expression.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or AssignmentExpressionSyntax || n.IsEquivalentTo(element, topLevel: false));
}
