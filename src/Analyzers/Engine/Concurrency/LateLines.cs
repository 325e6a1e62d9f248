using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Reads of what the handlers of a child's lines collect, behind a <c>WaitForExit(limit)</c>: it comes back when the child has exited, and the last lines may still be in the pipe. <c>WaitForExit()</c> and
/// <c>WaitForExitAsync()</c> wait for the handlers too (reference page of <c>Process.WaitForExit(int)</c>).
/// </summary>
internal static class LateLines
{
    /// <summary>The call that has the lines read, and what is done behind the wait, up to a read of what they make.</summary>
    public static IEnumerable<(IOperation Begin, AfterFork After)> In(BodyFacts body)
    {
        foreach (var process in StartedProcess.In(body))
        {
            var wait = process.Uses.FirstOrDefault(static use => use is { Action: ProcessAction.TimedWait, Path.Length: 1, Site: IInvocationOperation { TargetMethod.Name: "WaitForExit" } });
            if (wait is null || process.Uses.Any(other => other.Action is ProcessAction.Wait or ProcessAction.FollowExit or ProcessAction.AddExitHandler && !UseOrder.IsBehind(wait, other)))
            {
                continue;
            }

            var begins = process.Uses.Where(begin => begin is { Action: ProcessAction.BeginEvents, Path.Length: 1 } && UseOrder.IsBehind(begin, wait)).ToList();
            var bodies = process.Uses.Where(use => use is { Action: ProcessAction.AddHandler, At: IEventAssignmentOperation } && begins.Exists(begin => begin.Pipe == use.Pipe))
                .SelectMany(use => ForkBodies.Of(((IEventAssignmentOperation)use.At).HandlerValue, body.Root)).ToImmutableArray();
            var writes = bodies.SelectMany(b => body.Forks().WritesOf(b).Writes).ToImmutableArray();
            if (!writes.IsEmpty && AfterFork.Of(new ForkStart(wait.Site, begins[0].Site, ForkKind.None, bodies, new ForkHandle(HandleHome.Elsewhere, null)), writes, body) is { Read: not null } after)
            {
                yield return (begins[0].Site, after);
            }
        }
    }
}
