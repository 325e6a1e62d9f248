using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a read of the exit code or exit time of a child that nothing has waited for on that way: no wait at all, a wait that may have given up, a kill. Only where
/// every use of the process is in sight. That the child still runs is the assumption; the end of its output is not the end of it.
/// </summary>
internal sealed class TW5002ExitCodeBeforeExit() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Warning))
{
    public const string Id = "TW5002";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var early in StartedProcess.Handled(body).SelectMany(process => EarlyExitRead.Of(process, body)))
        {
            var others = early.Unsure.Select(static wait => MemberLocation.Of(wait.Site.Syntax)).Append(CallLocation.Of(early.Process.Start.Syntax));
            var why = early.IsKilled ? "Killed" : early.Unsure.IsEmpty ? "Never" : "Unsure";
            sink.Add(new Finding(
                Descriptor, MemberLocation.Of(early.Read.Place.Syntax), new Cause(early.Process.Start.Syntax.Span), ImmutableArray.CreateRange(others), Edit(early), null,
                ImmutableArray.Create<object?>(MemberLocation.NameOf(early.Read.At.Syntax), Descriptors.Text($"{Id}_{why}"))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(EarlyExitRead early)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        if (early.Read.Path.Length > 1 || early.Read.Site.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return none;
        }

        if (early.Dropped is not null)
        {
            return none.Add(FixProperties.Edit, "ThrowOnTimeout");
        }

        // A child that lives on may need more than a wait; and a wait in front of a read of its output would be the next trap.
        return (early.Unsure.IsEmpty || early.IsKilled) && !early.IsOfFailure && !early.Process.Uses.Any(use => use.Reads && use.Site.Syntax.Span.End > statement.SpanStart)
            ? none.Add(FixProperties.Edit, "Wait")
            : none;
    }
}
