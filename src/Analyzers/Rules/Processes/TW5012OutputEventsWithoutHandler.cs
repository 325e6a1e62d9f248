using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports one half of reading by events without the other: lines that are read and handed to nobody, or a handler that nothing feeds. Only where every use of the
/// process is in sight; for the handler the pipe must be certain to be redirected, because else there is nothing to read.
/// </summary>
internal sealed class TW5012OutputEventsWithoutHandler() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5012";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var process in StartedProcess.In(body))
        {
            var flags = StartInfoFlags.Of(process, body);
            foreach (var pipe in ProcessModels.ReadPipes)
            {
                var begin = process.Uses.FirstOrDefault(use => use.Pipe == pipe && use.Action == ProcessAction.BeginEvents);
                var handler = process.Uses.FirstOrDefault(use => use.Pipe == pipe && use.Action == ProcessAction.AddHandler);
                if (begin is not null && handler is null && flags.IsRedirected(pipe) != false)
                {
                    Add(begin, "NoHandler", begin.Site, CallLocation.Of(begin.Site.Syntax), ImmutableDictionary<string, string?>.Empty);
                }
                else if (handler is not null && begin is null && !process.IsTaken(pipe) && flags.IsRedirected(pipe) == true && flags.Redirection(pipe) is { } redirection)
                {
                    Add(handler, "NoBegin", redirection, MemberLocation.Of(handler.Site.Syntax), handler.Path.Length == 1
                        ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Begin").Add(FixProperties.Pipes, PipeNames.Of(pipe))
                        : ImmutableDictionary<string, string?>.Empty);
                }

                void Add(ProcessUse use, string text, IOperation cause, Location at, ImmutableDictionary<string, string?> edit) => sink.Add(new Finding(
                    Descriptor, at, new Cause(cause.Syntax.Span), ImmutableArray.Create(CallLocation.Of(process.Start.Syntax)), edit, null,
                    ImmutableArray.Create<object?>(PipeNames.Of(pipe), Descriptors.Text($"{Id}_{text}", PipeNames.Short(pipe)))));
            }
        }
    }
}
