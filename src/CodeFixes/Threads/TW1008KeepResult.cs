using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Declares a local in front of the thread and stores the value there, where it can be read once the thread is joined.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1008KeepResult() : ThreadwiseFix("TW1008")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Others[0]?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || site.Others[1]?.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } thread ||
            Siblings.Around(thread) is null || semantics.GetTypeInfo(call, cancellation).Type is not { } type)
        {
            return null;
        }

        var name = FreshName.For("result", thread);
        var isNullable = type.IsReferenceType && semantics.GetNullableContext(thread.SpanStart).AnnotationsEnabled();
        var shown = type.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(semantics, thread.SpanStart) + (isNullable ? "?" : "");
        var declared = SyntaxFactory.ParseStatement($"{shown} {name} = {(type.IsReferenceType ? "null" : "default")};");
        var stored = thread.ReplaceNode(call, SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutTrivia()).WithTriviaFrom(call));
        return StatementLists.PutOnLineBefore(root, new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false)), thread, declared, stored) is { } repaired ? document.WithSyntaxRoot(repaired) : null;
    }
}
