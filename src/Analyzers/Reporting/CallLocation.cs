using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Reporting;

/// <summary>Where a squiggle goes: as small as possible and on one line.</summary>
internal static class CallLocation
{
    /// <summary>A call's name and arguments, without its receiver; the name alone when the arguments go over several lines.</summary>
    public static Location Of(SyntaxNode call)
    {
        if (call is not InvocationExpressionSyntax invocation)
        {
            return call.GetLocation();
        }

        var name = invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            var other => other,
        };
        var span = TextSpan.FromBounds(name.SpanStart, invocation.Span.End);
        var lines = call.SyntaxTree.GetLineSpan(span);
        return Location.Create(call.SyntaxTree, lines.StartLinePosition.Line == lines.EndLinePosition.Line ? span : name.Span);
    }

    /// <summary>The head of a creation, <c>new Thread</c>, for what it is given may be long.</summary>
    public static Location OfCreation(SyntaxNode creation) => Location.Create(creation.SyntaxTree, creation switch
    {
        ObjectCreationExpressionSyntax full => TextSpan.FromBounds(full.SpanStart, full.Type.Span.End),
        BaseObjectCreationExpressionSyntax made => made.NewKeyword.Span,
        _ => creation.Span,
    });

    /// <summary>The keyword of a <c>using</c> statement or declaration; of a call, what <see cref="Of"/> says.</summary>
    public static Location OfDisposal(SyntaxNode disposal) => disposal switch
    {
        UsingStatementSyntax block => block.UsingKeyword.GetLocation(),
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.GetLocation(),
        _ => Of(disposal),
    };

    /// <summary>The keyword at which a method gives up its thread: <c>await</c> or <c>yield</c>.</summary>
    public static Location OfSuspension(SyntaxNode syntax)
    {
        foreach (var node in syntax.AncestorsAndSelf())
        {
            SyntaxToken? keyword = node switch
            {
                AwaitExpressionSyntax wait => wait.AwaitKeyword,
                YieldStatementSyntax yield => yield.YieldKeyword,
                CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop => loop.AwaitKeyword,
                UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } block => block.AwaitKeyword,
                LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } declaration => declaration.AwaitKeyword,
                _ => null,
            };
            if (keyword is { } found)
            {
                return found.GetLocation();
            }
        }

        return syntax.GetLocation();
    }
}
