using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a new object that other threads can find before it is complete: it is stored in a shared field and filled afterwards, or its constructor makes it known and goes on. What is tested without a lock first is
/// another rule's. Missed: objects that are filled by their own methods, and those that are handed to other objects.
/// </summary>
internal sealed class TW3015PublishedBeforeInitialized() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Info))
{
    public const string Id = "TW3015";

    /// <summary>The edit that fills the object before it is stored.</summary>
    public const string PublishLast = "PublishLast";

    /// <summary>The edit that makes the object known at the end of its constructor.</summary>
    public const string PublishThisLast = "PublishThisLast";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var early in EarlyPublications.Of(type))
        {
            var at = early.At.Syntax;
            var lines = at.GetLocation().GetLineSpan();
            var place = at is Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax assignment && lines.StartLinePosition.Line != lines.EndLinePosition.Line ? assignment.Left.GetLocation() : CallLocation.Of(at);
            sink.Add(new Finding(
                Descriptor, place, new Cause(at.Span), ImmutableArray.Create(early.After.Syntax.GetLocation()),
                early.CanBeMoved ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, early.IsThis ? PublishThisLast : PublishLast) : ImmutableDictionary<string, string?>.Empty, early.Member,
                ImmutableArray.Create<object?>(early.Member.Name, LineNumber.Of(early.After.Syntax), Descriptors.Text(early.IsThis ? $"{Id}_This" : $"{Id}_Filled"))));
        }
    }
}
