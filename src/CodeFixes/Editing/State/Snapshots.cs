using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>Copies of a collection for those who go through it while others change it.</summary>
internal static class Snapshots
{
    /// <summary>Makes the loop over <paramref name="access"/> go through a copy that is made under <paramref name="gate"/> right before it; null where that does not fit.</summary>
    public static async Task<Document?> UnderLockAsync(Document document, SyntaxNode access, string gate, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || access.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not { AwaitKeyword.RawKind: 0 } loop || !loop.Expression.Span.Contains(access.Span) || loop.Expression.HasInnerComments() ||
            CopyOf(loop.Expression, model, cancellation) is not var (copy, type))
        {
            return null;
        }

        var name = FreshName.For("snapshot", loop);
        var declared = ParseStatement($"{type} {name};").WithLeadingTrivia(loop.GetLeadingTrivia()).WithTrailingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var taken = LockStatement(ParseExpression(LockName.AsSeen(gate, [access], model)), Block(ParseStatement($"{name} = {copy};"))).WithTrailingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var rest = loop.WithExpression(IdentifierName(name).WithTriviaFrom(loop.Expression)).WithLeadingTrivia(ElasticMarker);
        SyntaxNode? changed = loop.Parent switch
        {
            BlockSyntax or SwitchSectionSyntax => root.ReplaceNode(loop, new StatementSyntax[] { declared, taken, rest }),
            GlobalStatementSyntax global => root.ReplaceNode(global, new StatementSyntax[] { declared, taken, rest }.Select(GlobalStatement)),
            StatementSyntax => root.ReplaceNode(loop, Block(declared, taken, rest).WithAdditionalAnnotations(Formatter.Annotation)),
            _ => null,
        };
        return changed is null
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts a copy in the place of the collection, or of the view of its keys or values.</summary>
    public static async Task<Document?> InPlaceAsync(Document document, SyntaxNode access, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || access is not ExpressionSyntax collection)
        {
            return null;
        }

        if (collection.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Keys" or "Values" } view && view.Expression == collection)
        {
            collection = view;
        }

        return collection.HasInnerComments() || CopyOf(collection, model, cancellation) is not var (copy, _)
            ? null
            : document.WithSyntaxRoot(root.ReplaceNode(collection, ParseExpression(copy).WithTriviaFrom(collection)));
    }

    /// <summary>What copies the collection, with the type that it has: an array where the collection can make one itself, else a list.</summary>
    private static (string Copy, string Type)? CopyOf(ExpressionSyntax collection, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(collection, cancellation).Type is not INamedTypeSymbol type ||
            type.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0] is not { } element)
        {
            return null;
        }

        var format = SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
        if (type.Name is "List" or "Queue" or "Stack")
        {
            return ($"{collection.WithoutTrivia()}.ToArray()", element.ToMinimalDisplayString(model, collection.SpanStart, format) + "[]");
        }

        if (model.Compilation.GetTypeByMetadataName("System.Collections.Generic.List`1") is not { } list)
        {
            return null;
        }

        var name = list.Construct(System.Collections.Immutable.ImmutableArray.Create(element), System.Collections.Immutable.ImmutableArray.Create(element.NullableAnnotation)).ToMinimalDisplayString(model, collection.SpanStart, format);
        return ($"new {name}({collection.WithoutTrivia()})", name);
    }
}
