using System.Collections.Immutable;
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

/// <summary>
/// Lets the atomic call answer: its result goes where the variable was read (right there when that is evaluated first, else by a new local),
/// an untested claim is tested, a lost update is tried again, and an exchange that cannot fail becomes <c>Exchange</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3013UseInterlockedResult() : ThreadwiseFix(TW3013InterlockedResultIgnored.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || site.Others.Any(static o => o is null))
        {
            return null;
        }

        var changed = site.Properties[FixProperties.Edit] switch
        {
            TW3013InterlockedResultIgnored.UseResult => UseResult(root, call, site.Others, isClaim: false),
            TW3013InterlockedResultIgnored.TestResult => UseResult(root, call, site.Others, isClaim: true),
            TW3013InterlockedResultIgnored.Exchange => Exchange(root, call),
            TW3013InterlockedResultIgnored.Retry when await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
                => InterlockedRetry.Wrap(root, call, site.Others, model, cancellation),
            _ => null,
        };
        return changed is null
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <param name="root">The root of the document.</param>
    /// <param name="call">The call whose result is dropped.</param>
    /// <param name="reads">The reads that its result replaces.</param>
    /// <param name="isClaim">The only read is compared with the new value: compare the result with the comparand instead.</param>
    private static SyntaxNode? UseResult(SyntaxNode root, InvocationExpressionSyntax call, ImmutableArray<SyntaxNode?> reads, bool isClaim)
    {
        if (StatementOf(call) is not { } statement)
        {
            return null;
        }

        var next = Next(statement);
        var isInline = reads.Length == 1 && next is not null && IsEvaluatedFirst(reads[0]!, next, isClaim) && HasNoCommentBetween(statement, next);
        var result = isInline
            ? (ExpressionSyntax)call.WithoutTrivia()
            : IdentifierName(FreshName.For(isClaim ? "previous" : FreshName.Of(call), statement));
        var tracked = reads.Append(statement).Append(next).Where(static n => n is not null).Select(static n => n!).ToList();
        ExpressionSyntax? compared = null;
        ExpressionSyntax? comparand = null;
        if (isClaim)
        {
            compared = Opposite(reads[0]!);
            comparand = InterlockedRetry.Comparand(call);
            if (compared is null || comparand is null)
            {
                return null;
            }

            tracked.Add(compared);
        }

        root = root.TrackNodes(tracked);
        root = root.ReplaceNodes(reads.Select(r => root.GetCurrentNode(r!)!), (read, _) => result.WithTriviaFrom(read));
        if (compared is not null && comparand is not null)
        {
            var operand = comparand is BinaryExpressionSyntax or ConditionalExpressionSyntax ? ParenthesizedExpression(comparand.WithoutTrivia()) : comparand;
            root = root.ReplaceNode(root.GetCurrentNode(compared)!, operand.WithTriviaFrom(compared));
        }

        var old = root.GetCurrentNode<StatementSyntax>(statement)!;
        if (!isInline)
        {
            var declaration = LocalDeclarationStatement(VariableDeclaration(
                IdentifierName(Identifier(TriviaList(), SyntaxKind.VarKeyword, "var", "var", TriviaList(Space))),
                SingletonSeparatedList(VariableDeclarator(((IdentifierNameSyntax)result).Identifier)
                    .WithInitializer(EqualsValueClause(Token(TriviaList(Space), SyntaxKind.EqualsToken, TriviaList(Space)), call.WithoutTrivia())))));
            return root.ReplaceNode(old, declaration.WithTriviaFrom(statement));
        }

        root = root.ReplaceNode(root.GetCurrentNode(next!)!, root.GetCurrentNode(next!)!.WithLeadingTrivia(statement.GetLeadingTrivia()));
        old = root.GetCurrentNode<StatementSyntax>(statement)!;
        return root.RemoveNode(old.Parent is GlobalStatementSyntax global ? global : old, SyntaxRemoveOptions.KeepNoTrivia);
    }

    private static SyntaxNode? Exchange(SyntaxNode root, InvocationExpressionSyntax call)
    {
        SimpleNameSyntax? name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        var arguments = call.ArgumentList;
        if (name is null || arguments.Arguments.Count != 3 || arguments.Arguments.Any(static a => a.NameColon is not null) || HasComment(arguments))
        {
            return null;
        }

        var rest = SeparatedList<ArgumentSyntax>(arguments.Arguments.GetWithSeparators().Take(3));
        var changed = call.WithArgumentList(arguments.WithArguments(rest));
        var newName = name switch
        {
            GenericNameSyntax generic => (SimpleNameSyntax)generic.WithIdentifier(Identifier("Exchange")),
            _ => IdentifierName("Exchange"),
        };
        changed = changed.WithExpression(call.Expression is MemberAccessExpressionSyntax member ? member.WithName(newName) : newName);
        return root.ReplaceNode(call, changed.WithTriviaFrom(call));
    }

    /// <summary>The statement that is the call, or discards it; null too where a comment stands between the two and would be lost.</summary>
    internal static ExpressionStatementSyntax? StatementOf(InvocationExpressionSyntax call)
    {
        var statement = call.Parent switch
        {
            ExpressionStatementSyntax plain => plain,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax discard } => discard,
            _ => null,
        };
        var isBare = statement is not null && !call.GetTrailingTrivia().Any(IsMore) && !statement.SemicolonToken.LeadingTrivia.Any(IsMore) &&
                     (call.Parent == statement || !(call.GetLeadingTrivia().Any(IsMore) || call.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(IsMore)));
        return isBare ? statement : null;
    }

    private static StatementSyntax? Next(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.ElementAtOrDefault(block.Statements.IndexOf(statement) + 1),
        SwitchSectionSyntax section => section.Statements.ElementAtOrDefault(section.Statements.IndexOf(statement) + 1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global
            => (unit.Members.ElementAtOrDefault(unit.Members.IndexOf(global) + 1) as GlobalStatementSyntax)?.Statement,
        _ => null,
    };

    /// <summary>Whether nothing of <paramref name="statement"/> runs before <paramref name="read"/>, which then runs in any case.</summary>
    private static bool IsEvaluatedFirst(SyntaxNode read, StatementSyntax statement, bool isClaim)
    {
        SyntaxNode? node = statement switch
        {
            ReturnStatementSyntax exit => exit.Expression,
            YieldStatementSyntax yield => yield.Expression,
            IfStatementSyntax choice => choice.Condition,
            SwitchStatementSyntax choice => choice.Expression,
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables, UsingKeyword.RawKind: 0 } => variables[0].Initializer?.Value,
            _ => null,
        };
        while (node is not null && node != read)
        {
            node = node switch
            {
                // A constant on the left does nothing.
                BinaryExpressionSyntax binary when binary.Right == read && (isClaim || binary.Left is LiteralExpressionSyntax) => read,
                BinaryExpressionSyntax binary => binary.Left,
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                CastExpressionSyntax cast => cast.Expression,
                ConditionalExpressionSyntax conditional => conditional.Condition,
                IsPatternExpressionSyntax pattern => pattern.Expression,
                SwitchExpressionSyntax choice => choice.GoverningExpression,
                MemberAccessExpressionSyntax access => access.Expression,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access,
                _ => null,
            };
        }

        return node is not null;
    }

    /// <summary>The operand that the read is compared with.</summary>
    private static ExpressionSyntax? Opposite(SyntaxNode read)
    {
        while (read.Parent is ParenthesizedExpressionSyntax)
        {
            read = read.Parent;
        }

        return read.Parent is BinaryExpressionSyntax test ? (test.Left == read ? test.Right : test.Left) : null;
    }

    private static bool HasNoCommentBetween(StatementSyntax statement, StatementSyntax next) =>
        !HasComment(statement) && next.GetLeadingTrivia().All(static t => t.IsKind(SyntaxKind.WhitespaceTrivia) || t.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>Anything but white space inside or behind the node.</summary>
    internal static bool HasComment(SyntaxNode node) => node.DescendantTokens().Any(token =>
        (token != node.GetFirstToken() && token.LeadingTrivia.Any(IsMore)) || token.TrailingTrivia.Any(IsMore));

    private static bool IsMore(SyntaxTrivia trivia) => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
