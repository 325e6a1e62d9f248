using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports the start of a child that nothing waits for, watches or ends, though the program uses a file that the child is told of, its lines or its exit code, or starts
/// one for each element of some data. That nothing else tells the program of the end is the assumption.
/// </summary>
internal sealed class TW5001ProcessNotWaited() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5001";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var process in StartedProcess.Handled(body).Where(static p => p.IsSetUpInSight))
        {
            if (UnwaitedProcess.Of(process, body) is not { } unwaited)
            {
                continue;
            }

            // A pipe that nobody empties would turn a wait into a hang, and is to be seen to first (TW5011).
            var flags = StartInfoFlags.Of(process, body);
            var unread = unwaited.Reason == UnwaitedReason.ExitCode ? null
                : ProcessModels.ReadPipes.Where(pipe => flags.IsRedirected(pipe) == true && !process.IsTaken(pipe)).Select(flags.Redirection).FirstOrDefault();
            var others = process.Path.Skip(1).Select(static at => CallLocation.Of(at.Syntax));
            others = unwaited.Reason == UnwaitedReason.Batch ? others : others.Prepend(unwaited.Use.Syntax.GetLocation());
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(process.Start.Syntax), new Cause((unread ?? process.Start).Syntax.Span), ImmutableArray.CreateRange(others),
                Edit(unwaited, unread is not null), null, ImmutableArray.Create<object?>(Descriptors.Text($"{Id}_{unwaited.Reason}"))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(UnwaitedProcess unwaited, bool isUnread)
    {
        // A wait in front of an input that is still open would hang; how a helper gives the process is not known to the edit.
        var none = ImmutableDictionary<string, string?>.Empty;
        return unwaited.Reason == UnwaitedReason.File && !isUnread && !unwaited.Process.IsMadeElsewhere && !unwaited.Process.Uses.Any(static use => use.Pipe == ProcessPipe.Input) ? none.Add(FixProperties.Edit, "Wait") : none;
    }
}
