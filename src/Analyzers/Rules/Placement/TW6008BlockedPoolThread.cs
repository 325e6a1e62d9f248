using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>
/// Reports a task of the pool whose body is a loop that goes on until other code stops it, and a task that asks for a thread of its own
/// (<c>LongRunning</c>) and has an async body, which leaves that thread at its first <c>await</c>.
/// </summary>
/// <remarks>Assumed: <c>Task.Factory</c> has no scheduler of the user's own. A factory or scheduler that somebody made may not use the pool.</remarks>
internal sealed class TW6008BlockedPoolThread() : LocalRule(Descriptors.Create(Id, Category.Placement, DiagnosticSeverity.Info))
{
    public const string Id = "TW6008";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var start in body.Forks().Starts)
        {
            if (start.At is not IInvocationOperation call || PoolTask.Of(call, body.Model.Types) is not { } task)
            {
                continue;
            }

            if (task.IsLongRunning)
            {
                if (start.Bodies.All(b => b.Function.IsAsync && FirstAwait.Of(b, body) is not null))
                {
                    Report(call, "Async", !task.IsUnwrapped ? "DropLongRunning" : task.FitsRun ? "TaskRun" : null, sink);
                }
            }
            else if (start.Bodies.All(b => !b.Function.IsAsync && EndlessLoop.IsIn(b, call, body)))
            {
                Report(call, "Loop", GivesTask(start, body.Model.Types) ? null : start.Kind == ForkKind.TaskRun ? "StartLongRunning" : "AddLongRunning", sink);
            }
        }
    }

    private void Report(IInvocationOperation call, string text, string? edit, FindingSink sink) => sink.Add(new Finding(
        Descriptor, CallLocation.Of(call.Syntax), new Cause(call.Syntax.Span), ImmutableArray<Location>.Empty,
        edit is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit),
        null, ImmutableArray.Create<object?>($"Task.{(call.TargetMethod.Name == "Run" ? "" : "Factory.")}{call.TargetMethod.Name}", Descriptors.Text($"{Id}_{text}"))));

    /// <summary>Whether the body returns a task, which <c>Task.Run</c> unwraps and <c>StartNew</c> does not. A lambda that never ends may pass for one that does.</summary>
    private static bool GivesTask(ForkStart start, WellKnownTypes types) => start.Bodies.Any(b => TaskModels.IsTask(b.Function.ReturnType, types) &&
        !(b.Named is IAnonymousFunctionOperation lambda && !Operations.OfFunction(lambda).Any(static o => o is IReturnOperation { ReturnedValue: not null })));
}
