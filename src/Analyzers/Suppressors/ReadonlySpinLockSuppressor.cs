using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Suppressors;

/// <summary>Takes back the advice to make a field readonly where it holds a <c>SpinLock</c>: each use of a readonly one is a use of a copy, and locks nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadonlySpinLockSuppressor : DiagnosticSuppressor
{
    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(
        new SuppressionDescriptor("TWS0004", "RCS1169", "A readonly field of type SpinLock is copied at each use, and the copy locks nothing"));

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var types = Model.For(context.Compilation, context.Options).Types;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && FieldAt(diagnostic, tree, context).Any(f => KnownType.Is(f.Type, types.SpinLock)))
            {
                context.ReportSuppression(Suppression.Create(SupportedSuppressions[0], diagnostic));
            }
        }
    }

    /// <summary>The fields of the declaration at the report, which may stand at the whole of it or at one name.</summary>
    private static ImmutableArray<IFieldSymbol> FieldAt(Diagnostic diagnostic, SyntaxTree tree, SuppressionAnalysisContext context)
    {
        var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var model = context.GetSemanticModel(tree);
        var variables = node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } one ? ImmutableArray.Create(one) : node.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Declaration.Variables.ToImmutableArray() ?? ImmutableArray<VariableDeclaratorSyntax>.Empty;
        return variables.Select(v => model.GetDeclaredSymbol(v, context.CancellationToken)).OfType<IFieldSymbol>().ToImmutableArray();
    }
}
