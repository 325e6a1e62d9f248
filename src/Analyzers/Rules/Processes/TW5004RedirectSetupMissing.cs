using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a part of a child's set-up that is certain to be missing: a stream that is not redirected, a redirection through the shell, a handler of the exit that
/// nothing calls. Only where every use of the process is in sight; what a start is given by itself is enough for the shell.
/// </summary>
internal sealed class TW5004RedirectSetupMissing() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Warning))
{
    public const string Id = "TW5004";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var missing in MissingSetup.In(body))
        {
            var others = new List<Location> { CallLocation.Of(missing.Start.Syntax) };
            if (missing.Wrong is { } wrong)
            {
                others.Add(wrong.Syntax.GetLocation());
            }

            var (at, other) = missing.Gap switch
            {
                SetupGap.NotRedirected => (PipeNames.Of(missing.Pipe), StartInfoFlags.NameOf(missing.Pipe)),
                SetupGap.NoExitEvent => ("Exited", "EnableRaisingEvents"),
                _ => (StartInfoFlags.ShellFlag, StartInfoFlags.NameOf(missing.Pipe)),
            };
            sink.Add(new Finding(
                Descriptor, MemberLocation.Of(missing.At.Syntax), new Cause(missing.Cause.Syntax.Span), ImmutableArray.CreateRange(others), Edit(missing, body), null,
                ImmutableArray.Create<object?>(at, Descriptors.Text($"{Id}_{missing.Gap}", other))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(MissingSetup missing, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        switch (missing.Gap)
        {
            case SetupGap.Shell or SetupGap.ShellByDefault:
                // A pipe that nobody empties would be the next trap.
                return StartedProcess.In(body).FirstOrDefault(p => p.Start == missing.Start) is { } started && !started.IsTaken(missing.Pipe) ? none : none.Add(FixProperties.Edit, "WithoutShell");
            case SetupGap.NoExitEvent:
                return missing.At is IEventAssignmentOperation ? none.Add(FixProperties.Edit, "RaiseEvent") : none;
        }

        // A stream that opens may show the next trap: nothing is put right by halves.
        var process = StartedProcess.In(body).First(p => p.Start == missing.Start);
        var shell = StartInfoFlags.Of(process, body).UsesShell;
        return shell is null || (shell == true && StartInfoFlags.Of(process, body).Shell is not null) || ProcessStall.Of(process).Any() ? none
            : none.Add(FixProperties.Edit, "Redirect").Add(FixProperties.Flags, StartInfoFlags.NameOf(missing.Pipe) + (shell == true ? "," + StartInfoFlags.ShellFlag : ""));
    }
}
