using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Placement;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a read of the exit code or exit time of a child that nothing has waited for on that way: no wait at all, a wait that may have given up, a kill. Only where
/// every use of the process is in sight. That the child still runs is the assumption; the end of its output is not the end of it.
/// </summary>
internal sealed class TW5002ExitCodeBeforeExit() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Warning))
{
    public const string Id = "TW5002";

    private const string Async = "WaitForExitAsync";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var early in StartedProcess.Handled(body).SelectMany(process => EarlyExitRead.Of(process, body)))
        {
            var others = early.Unsure.Select(static wait => MemberLocation.Of(wait.Site.Syntax)).Append(CallLocation.Of(early.Process.Start.Syntax));
            var why = early.IsKilled ? "Killed" : early.Unsure.IsEmpty ? "Never" : "Unsure";
            sink.Add(new Finding(
                Descriptor, MemberLocation.Of(early.Read.Place.Syntax), new Cause(early.Process.Start.Syntax.Span), ImmutableArray.CreateRange(others), Edit(early, body), null,
                ImmutableArray.Create<object?>(MemberLocation.NameOf(early.Read.At.Syntax), Descriptors.Text($"{Id}_{why}"))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(EarlyExitRead early, BodyFacts body)
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
            ? Wait(early.Read.Site, body)
            : none;
    }

    /// <summary>
    /// A wait in work of the pool would keep its thread, which is what TW6002 reports. The work of <c>Task.Run</c> can await the exit where it may be made async; for other work nothing is offered.
    /// </summary>
    private static ImmutableDictionary<string, string?> Wait(IOperation read, BodyFacts body)
    {
        var wait = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Wait");
        var function = read.FunctionAround();
        if (function is null or { IsAsync: true } || body.Model.Types.Process?.GetMembers(Async).IsEmpty != false)
        {
            return wait;
        }

        foreach (var (fork, work) in PoolWaits.WorkOf(body))
        {
            if (work.Named is IAnonymousFunctionOperation lambda && PoolWaits.WouldHold(read, lambda, body))
            {
                return SymbolEqualityComparer.Default.Equals(lambda.Symbol, function) && AwaitedEdits.MayAwait(fork, lambda, body.Model.Types) ? wait.Add(FixProperties.Twins, Async) : ImmutableDictionary<string, string?>.Empty;
            }
        }

        return wait;
    }
}
