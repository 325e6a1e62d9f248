using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports the start of a child whose output or error is redirected and never read. Only where every use of the process is in sight and the flag is certain: a child
/// that writes more than a pipe holds then waits for ever.
/// </summary>
internal sealed class TW5011RedirectedOutputNeverRead() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5011";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var process in StartedProcess.In(body))
        {
            var flags = StartInfoFlags.Of(process, body);
            var unread = ProcessModels.ReadPipes.Where(pipe => flags.IsRedirected(pipe) == true && !process.IsTaken(pipe)).ToList();

            // A pipe with handlers has a cause of its own: nobody feeds them (TW5012).
            foreach (var pipes in unread.GroupBy(process.HasHandler))
            {
                var redirections = ImmutableArray.CreateRange(pipes.Select(flags.Redirection).OfType<IOperation>());
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(process.Start.Syntax), new Cause(redirections[0].Syntax.Span), ImmutableArray.CreateRange(redirections.Select(static r => r.Syntax.GetLocation())),
                    ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Drain").Add(FixProperties.Pipes, string.Join(",", pipes.Select(PipeNames.Of))), null,
                    ImmutableArray.Create<object?>(PipeNames.Of(pipes))));
            }
        }
    }
}
