using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Lets a <c>SpinLock</c> be locked where it is: makes its field writable, or passes it by reference to a private method or local function. Nothing is offered
/// where a field declares others with it, or where a caller may be out of sight.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2105LockTheVariable() : ThreadwiseFix("TW2105")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var changed = root is null || model is null ? null : site.Properties[FixProperties.Edit] switch
        {
            "RemoveReadonly" when site.Target.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field => WithoutReadonly(root, field),
            "PassByRef" when site.Target.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter => ByRef(root, parameter, model, cancellation),
            _ => null,
        };
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    private static SyntaxNode? WithoutReadonly(SyntaxNode root, FieldDeclarationSyntax field)
    {
        var keyword = field.Modifiers.FirstOrDefault(static m => m.IsKind(SyntaxKind.ReadOnlyKeyword));
        var isFirst = keyword == field.Modifiers.FirstOrDefault();
        return keyword.RawKind == 0 || field.Declaration.Variables.Count != 1 || keyword.TrailingTrivia.Any(Trivia.IsComment) || (!isFirst && keyword.LeadingTrivia.Any(Trivia.IsComment))
            ? null
            : root.ReplaceNode(field, field.WithModifiers(field.Modifiers.Remove(keyword)).WithLeadingTrivia(field.GetLeadingTrivia()));
    }

    private static SyntaxNode? ByRef(SyntaxNode root, ParameterSyntax parameter, SemanticModel model, CancellationToken cancellation)
    {
        if (parameter.Default is not null || model.GetDeclaredSymbol(parameter, cancellation) is not IParameterSymbol { ContainingSymbol: IMethodSymbol method } symbol ||
            !IsAlone(method) || Scope(method, root.SyntaxTree, cancellation) is not { } scope)
        {
            return null;
        }

        var keyword = SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        var arguments = scope.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == method.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, method))
            .Select(name => (name.Parent is MemberAccessExpressionSyntax access ? access : (SyntaxNode)name).Parent is InvocationExpressionSyntax call ? ArgumentFor(call, symbol) : null).ToList();
        return arguments.Any(static a => a is null)
            ? null
            : root.ReplaceNodes(arguments.OfType<SyntaxNode>().Append(parameter), (old, _) => old is ArgumentSyntax argument
                ? argument.WithRefKindKeyword(keyword).WithLeadingTrivia(argument.GetLeadingTrivia()).WithExpression(argument.Expression.WithLeadingTrivia())
                : WithRef(parameter));

        ParameterSyntax WithRef(ParameterSyntax declaration)
        {
            var others = declaration.Modifiers.Where(static m => m.IsKind(SyntaxKind.ThisKeyword) || m.IsKind(SyntaxKind.ScopedKeyword)).Append(keyword);
            return declaration.WithModifiers(SyntaxFactory.TokenList(others)).WithType(declaration.Type!.WithLeadingTrivia()).WithLeadingTrivia(declaration.GetLeadingTrivia());
        }
    }

    /// <summary>Nobody else decides what its signature is, and it may have parameters by reference.</summary>
    private static bool IsAlone(IMethodSymbol method) =>
        method is { IsAsync: false, PartialDefinitionPart: null, PartialImplementationPart: null, ExplicitInterfaceImplementations.IsEmpty: true, IsExtensionMethod: false } &&
        method is { MethodKind: MethodKind.LocalFunction } or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private };

    /// <summary>Where the method can be called from; null where that is more than this file.</summary>
    private static SyntaxNode? Scope(IMethodSymbol method, SyntaxTree tree, CancellationToken cancellation)
    {
        var references = method.MethodKind == MethodKind.LocalFunction ? method.DeclaringSyntaxReferences : method.ContainingType.DeclaringSyntaxReferences;
        var scope = references.Length == 1 && references[0].SyntaxTree == tree ? references[0].GetSyntax(cancellation) : null;
        return scope is LocalFunctionStatementSyntax
            ? scope.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not GlobalStatementSyntax) ?? tree.GetRoot(cancellation)
            : scope;
    }

    private static ArgumentSyntax? ArgumentFor(InvocationExpressionSyntax call, IParameterSymbol parameter)
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name) ??
            (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal] : null);
    }
}
