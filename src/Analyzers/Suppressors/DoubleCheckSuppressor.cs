using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Suppressors;

/// <summary>
/// Takes back what other analyzers say of the inner test of a double-checked lock: that it has the same outcome as the outer one. It has not, for another thread may have come in between.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DoubleCheckSuppressor : DiagnosticSuppressor
{
    private const string Reason = "The inner test of a double-checked lock: another thread may have filled the field between the outer test and the lock";

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(
        new SuppressionDescriptor("TWS0001", "CA1508", Reason),
        new SuppressionDescriptor("TWS0002", "S2583", Reason),
        new SuppressionDescriptor("TWS0003", "S2589", Reason));

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && IsInnerTest(tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), context))
            {
                context.ReportSuppression(Suppression.Create(SupportedSuppressions.Single(s => s.SuppressedDiagnosticId == diagnostic.Id), diagnostic));
            }
        }
    }

    /// <summary>Whether the place asks, in the condition of an <c>if</c> directly under a lock, for the field which a test outside of the lock has asked for, and nothing under the lock has set the field before.</summary>
    private static bool IsInnerTest(SyntaxNode place, SuppressionAnalysisContext context)
    {
        if (place.FirstAncestorOrSelf<LockStatementSyntax>() is not { } section || context.GetSemanticModel(section.SyntaxTree).GetOperation(section, context.CancellationToken) is not ILockOperation locked || DoubleChecks.TestedOutside(locked) is not { } field)
        {
            return false;
        }

        var uses = locked.Body.Descendants().OfType<IFieldReferenceOperation>().Where(inner => SymbolEqualityComparer.Default.Equals(DoubleChecks.Field(inner)?.Field, field.Field)).ToList();
        return uses.Any(inner => IsIn(inner, place)) && !uses.Any(use => StraightLine.IsTarget(use) && DoubleChecks.Field(use.Parent?.Parent) is null && use.Syntax.SpanStart < place.SpanStart);
    }

    private static bool IsIn(IFieldReferenceOperation field, SyntaxNode place)
    {
        for (IOperation at = field; at.Parent is { } parent and not ILockOperation; at = parent)
        {
            if (parent is IConditionalOperation choice)
            {
                return choice.Condition == at && choice.Condition.Syntax.Span.Contains(place.Span) && place.Span.Contains(field.Syntax.Span);
            }
        }

        return false;
    }
}
