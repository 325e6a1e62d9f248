using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Locals of the region that the code behind it uses: they are declared in front of the <c>try</c>, and assigned where they were declared.</summary>
internal sealed class WidenedLocals
{
    private readonly Dictionary<SyntaxNode, ILocalSymbol> _locals;

    private WidenedLocals(Dictionary<SyntaxNode, ILocalSymbol> locals, IReadOnlyList<StatementSyntax> declarations)
    {
        _locals = locals;
        Declarations = declarations;
    }

    public IReadOnlyList<StatementSyntax> Declarations { get; }

    /// <summary>Null where one of the locals cannot be declared apart from its value.</summary>
    public static WidenedLocals? Of(TryFinallyRegion region, SemanticModel model, CancellationToken cancellation)
    {
        var declared = region.Body.SelectMany(static s => s.DescendantNodesAndSelf())
            .Where(static n => n is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or LocalFunctionStatementSyntax)
            .Select(n => (Node: n, Symbol: model.GetDeclaredSymbol(n, cancellation)!)).Where(static d => d.Symbol is not null).ToList();
        if (declared.Count == 0)
        {
            return new WidenedLocals([], []);
        }

        var names = region.List.Scope.DescendantNodes(n => !region.Body.Contains(n)).OfType<IdentifierNameSyntax>().ToLookup(static n => n.Identifier.ValueText);
        var locals = new Dictionary<SyntaxNode, ILocalSymbol>();
        foreach (var (node, symbol) in declared)
        {
            if (!names[symbol.Name].Any(name => SymbolEqualityComparer.Default.Equals(symbol, model.GetSymbolInfo(name, cancellation).Symbol)))
            {
                continue;
            }

            if (symbol is not ILocalSymbol { IsConst: false, IsRef: false, IsUsing: false, Type: { TypeKind: not TypeKind.Error, IsAnonymousType: false } } local || !MayBeParted(node, region))
            {
                return null;
            }

            locals.Add(node, local);
        }

        return new WidenedLocals(locals, [.. locals.Select(l => Declaration(l.Key, l.Value, region, model))]);
    }

    /// <summary>The statement, as it stands in the <c>try</c>; null where nothing of it is left.</summary>
    /// <param name="statement">The statement with its new white space.</param>
    /// <param name="original">The same in the source.</param>
    public StatementSyntax? Assigned(StatementSyntax statement, StatementSyntax original)
    {
        var names = _locals.Keys.OfType<SingleVariableDesignationSyntax>().Where(d => original.Span.Contains(d.Span)).Select(static d => d.Identifier.ValueText).ToList();
        var outs = statement.DescendantNodes().OfType<DeclarationExpressionSyntax>()
            .Where(d => d.Designation is SingleVariableDesignationSyntax single && names.Contains(single.Identifier.ValueText));
        var assigned = names.Count == 0 ? statement : statement.ReplaceNodes(outs, static (old, _) =>
            SyntaxFactory.IdentifierName(((SingleVariableDesignationSyntax)old.Designation).Identifier).WithTriviaFrom(old));
        if (assigned is not LocalDeclarationStatementSyntax declaration || !((LocalDeclarationStatementSyntax)original).Declaration.Variables.Any(_locals.ContainsKey))
        {
            return assigned;
        }

        var variable = declaration.Declaration.Variables[0];
        return variable.Initializer is not { } initializer ? null : SyntaxFactory.ExpressionStatement(
            SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression,
                SyntaxFactory.IdentifierName(variable.Identifier.WithLeadingTrivia(declaration.GetLeadingTrivia())),
                initializer.EqualsToken,
                initializer.Value),
            declaration.SemicolonToken);
    }

    private static bool MayBeParted(SyntaxNode node, TryFinallyRegion region) => node switch
    {
        VariableDeclaratorSyntax { ArgumentList: null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } type } variable =>
            region.Body.Contains(statement) && variable.Initializer?.Value is not InitializerExpressionSyntax && !type.Type.HasComments() &&
            (variable.Initializer is not null || !statement.HasComments()),
        SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } } declaration } =>
            !declaration.HasComments(),
        _ => false,
    };

    private static StatementSyntax Declaration(SyntaxNode node, ILocalSymbol local, TryFinallyRegion region, SemanticModel model)
    {
        var written = node.Parent switch
        {
            VariableDeclarationSyntax declaration => declaration.Type,
            DeclarationExpressionSyntax declaration => declaration.Type,
            _ => null,
        };
        var type = written is { IsVar: false } ? written.WithoutTrivia().ToString() : TypeOf(node, local, region, model);
        var name = node is VariableDeclaratorSyntax variable ? variable.Identifier : ((SingleVariableDesignationSyntax)node).Identifier;
        return SyntaxFactory.ParseStatement($"{type} {name.Text};");
    }

    /// <summary>
    /// What <c>var</c> stands for. It lets a reference be null later even where its first value is not, so the type says so unless there is only this value.
    /// </summary>
    private static string TypeOf(SyntaxNode node, ILocalSymbol local, TryFinallyRegion region, SemanticModel model)
    {
        var format = SymbolDisplayFormat.MinimallyQualifiedFormat;
        if (!model.GetNullableContext(node.SpanStart).AnnotationsEnabled())
        {
            return local.Type.ToMinimalDisplayString(model, region.Opening.SpanStart, format);
        }

        var isNeverNull = node is VariableDeclaratorSyntax { Initializer.Value: { } value } && model.GetTypeInfo(value).Nullability.FlowState == NullableFlowState.NotNull &&
            !region.List.Scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == local.Name &&
                n.Parent is AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } && n.Parent.GetFirstToken() is var first && (first == n.Identifier || n.Parent is ArgumentSyntax));
        var type = isNeverNull ? local.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : local.Type;
        return type.ToMinimalDisplayString(model, region.Opening.SpanStart, format.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
    }
}
