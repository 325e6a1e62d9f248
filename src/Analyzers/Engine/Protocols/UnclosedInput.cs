using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A wait for a child that may wait for more input: the pipe to it is still open, and what was written has no end of its own.</summary>
/// <param name="Wait">The wait for the exit, or the read of a pipe to its end.</param>
/// <param name="Write">The last write before it.</param>
/// <param name="Process">The child.</param>
internal sealed record UnclosedInput(ProcessUse Wait, ProcessUse Write, StartedProcess Process)
{
    /// <summary>The first such wait, or null.</summary>
    public static UnclosedInput? Of(StartedProcess process, BodyFacts body)
    {
        var writes = process.Uses.Where(static use => use.Action is ProcessAction.Write or ProcessAction.BeginWrite).ToList();
        if (writes.Count == 0 || process.Uses.Any(static use => use is { Pipe: ProcessPipe.Input, Action: ProcessAction.HandOver } or { Action: ProcessAction.Kill }) ||
            writes.Exists(write => SaysGoodbye(write, body)) || StartInfoFlags.Of(process, body).IsRedirected(ProcessPipe.Input) == false)
        {
            return null;
        }

        foreach (var wait in process.Uses.Where(use => use.Action is ProcessAction.Wait or ProcessAction.ReadToEnd || (use.Action == ProcessAction.TimedWait && !ProcessStall.IsPoll(use, process))))
        {
            var last = writes.LastOrDefault(write => UseOrder.LeadsTo(write, wait));
            if (last is not null && !IsEndMark(last, writes) && !ProcessStall.IsEnded(wait, process) && !process.Uses.Any(close => close.Action == ProcessAction.CloseInput && !UseOrder.IsBehind(wait, close)) &&
                writes.Exists(write => UseOrder.LeadsTo(write, wait) && ((InputSize.IsRepeated(write, process, body) && !IsAnswer(write, process)) || (write == last && IsOpenEnded(write, writes.Count, body)))))
            {
                return new UnclosedInput(wait, last, process);
            }
        }

        return null;
    }

    /// <summary>Whether a line of the program's own closes what data gave before: the child is told where the input ends, in words that it knows.</summary>
    private static bool IsEndMark(ProcessUse last, List<ProcessUse> writes) => writes.Count > 1 && last.At is IInvocationOperation { TargetMethod.Name: var name, Arguments: { Length: <= 1 } given } && (given.IsEmpty
        ? name.Contains("Line")
        : given[0].Value.ConstantValue is { HasValue: true, Value: string text } && (name.Contains("Line") || text.EndsWith("\n", System.StringComparison.Ordinal))) &&
        !last.Path.Any(static at => at.AncestorsAndSelf().Any(static up => up is ILoopOperation));

    /// <summary>Whether each round writes what the child has asked for in it: who asks knows when it has enough.</summary>
    private static bool IsAnswer(ProcessUse write, StartedProcess process) => process.Uses.Any(read => read.Reads &&
        write.Site.AncestorsAndSelf().Any(up => up is ILoopOperation && up.IsAround(read.Site) && !up.Syntax.Span.Contains(process.Start.Syntax.Span)));

    /// <summary>Whether something is written to which the child is likely to answer by its exit.</summary>
    private static bool SaysGoodbye(ProcessUse write, BodyFacts body) =>
        WrittenText.Of(write, body).SelectMany(static text => text.Split('\n')).Any(static line => IsFarewell(line.Trim().Split(' ')[0].ToLowerInvariant())) ||
        write.Path.Any(static at => at.AncestorsAndSelf().OfType<IForEachLoopOperation>().Any(static loop => loop.Collection.Descendants().Any(static o => o.ConstantValue is { HasValue: true, Value: string })));

    private static bool IsFarewell(string word) => word is "exit" or "quit" or "q" or "bye" or "logout" or "logoff" or "shutdown" or "stop" or "end" or ".exit" or ".quit" or ":q" or ":q!" or "\\q";

    /// <summary>Whether no line ends with the write, so that a child that reads lines waits on; bytes may be a message, which says how long it is, when they are not all there is.</summary>
    private static bool IsOpenEnded(ProcessUse write, int writes, BodyFacts body)
    {
        if (write.At is not IInvocationOperation { TargetMethod.Name: "Write" or "WriteAsync", Arguments: { Length: > 0 } arguments } call)
        {
            return write.At is IInvocationOperation copy && ProcessModels.CopyOf(copy) is not null;
        }

        var isText = call.TargetMethod.Parameters[0].Type.SpecialType == SpecialType.System_String;
        return (isText && arguments.Length == 1 && !WrittenText.EndsLine(arguments[0].Value, body)) || (!isText && writes == 1 && call.TargetMethod.Parameters[0].Type is IArrayTypeSymbol or { Name: "ReadOnlySpan" or "ReadOnlyMemory" });
    }
}
