using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>What is wrong with the set-up of a child process.</summary>
internal enum SetupGap
{
    /// <summary>A stream is asked for that is not redirected: the access throws.</summary>
    NotRedirected,

    /// <summary>A pipe is redirected, and <c>UseShellExecute</c> set: the start throws.</summary>
    Shell,

    /// <summary>The same where the framework sets it.</summary>
    ShellByDefault,

    /// <summary>The exit has a handler, nothing makes it an event, and nobody asks for it: the handler is never called.</summary>
    NoExitEvent,
}

/// <summary>A part of the set-up of a child process that is certain to be missing.</summary>
/// <param name="Gap">What is missing.</param>
/// <param name="At">Where it tells: the access, the wrong property, the handler, or the call of the helper that has it.</param>
/// <param name="Pipe">The pipe; none for the exit.</param>
/// <param name="Start">The start of the child.</param>
/// <param name="Wrong">What sets the property to the wrong value; null where nothing sets it.</param>
/// <param name="Cause">What is to blame: the redirection that cannot be, else <see cref="At"/>.</param>
internal sealed record MissingSetup(SetupGap Gap, IOperation At, ProcessPipe Pipe, IInvocationOperation Start, IOperation? Wrong, IOperation Cause)
{
    private static readonly ImmutableArray<ProcessPipe> s_pipes = ProcessModels.ReadPipes.Add(ProcessPipe.Input);

    public static IEnumerable<MissingSetup> In(BodyFacts body)
    {
        var known = StartedProcess.In(body);
        foreach (var start in body.ProcessStarts)
        {
            var process = known.FirstOrDefault(p => p.Start == start);
            var flags = process is not null ? StartInfoFlags.Of(process, body) : StartInfoFlags.Given(start, body);
            if (flags is not null && s_pipes.Where(pipe => flags.IsRedirected(pipe) == true).Select(flags.Redirection).FirstOrDefault() is { } redirected && flags.UsesShell == true &&
                !ExpectedFailure.Is(start, body.Model.Types.InvalidOperationException, body))
            {
                var gap = flags.Shell is null ? SetupGap.ShellByDefault : SetupGap.Shell;
                yield return new MissingSetup(gap, flags.Shell ?? redirected, s_pipes.First(pipe => flags.Redirection(pipe) == redirected), start, flags.Shell, redirected);
            }

            foreach (var missing in process is null ? [] : Of(process, flags!, body))
            {
                yield return missing;
            }
        }
    }

    private static IEnumerable<MissingSetup> Of(StartedProcess process, StartInfoFlags flags, BodyFacts body)
    {
        foreach (var pipe in s_pipes.Where(pipe => flags.IsRedirected(pipe) == false))
        {
            if (process.Uses.FirstOrDefault(use => use.Pipe == pipe && use.Action is ProcessAction.TakeStream or ProcessAction.BeginEvents && !IsExpected(use)) is { } use)
            {
                yield return new MissingSetup(SetupGap.NotRedirected, use.Site, pipe, process.Start, flags.Redirection(pipe), use.Site);
            }
        }

        var raises = process.Uses.Where(static use => use.Action == ProcessAction.RaiseEvents).ToList();
        var handlers = process.Uses.Where(static use => use.Action == ProcessAction.AddExitHandler).ToList();
        if (handlers.Count > 0 && raises.All(static use => IsOff(use.At)) && !process.Uses.Any(use => FindsExit(use) && !handlers.Any(h => h.At.IsAround(use.At))))
        {
            yield return new MissingSetup(SetupGap.NoExitEvent, handlers[0].Site, ProcessPipe.None, process.Start, raises.LastOrDefault()?.At.Parent, handlers[0].Site);
        }

        bool IsExpected(ProcessUse use) => use.Path.Any(at => ExpectedFailure.Is(at, body.Model.Types.InvalidOperationException, body, process.Start));
    }

    /// <summary>
    /// Whether the use raises the event by itself: who asks <c>HasExited</c> and finds that the child has exited calls the handlers, and so do <c>ExitCode</c> and <c>ExitTime</c>, which ask it;
    /// <c>WaitForExitAsync</c> sets <c>EnableRaisingEvents</c>. <c>WaitForExit</c> does neither. (Run on .NET 10; the first is documented on <c>Process.EnableRaisingEvents</c>.)
    /// </summary>
    private static bool FindsExit(ProcessUse use) => use.Action is ProcessAction.AskExit or ProcessAction.ReadExit or ProcessAction.FollowExit ||
        (use.Action == ProcessAction.Wait && use.At is IInvocationOperation { TargetMethod.Name: "WaitForExitAsync" });

    private static bool IsOff(IOperation property) => property.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: false } } assignment && assignment.Target == property;
}
