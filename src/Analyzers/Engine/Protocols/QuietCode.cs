using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>Code between two places that gives a child no time that it could count on: nothing in it waits, or runs code that is not seen.</summary>
internal static class QuietCode
{
    /// <summary>Whether all is quiet between two operations of one function.</summary>
    public static bool Between(IOperation first, IOperation second, BodyFacts body) => IsQuiet(first, second.Syntax.SpanStart, body);

    /// <summary>Whether all is quiet behind an operation up to the end of what is around it.</summary>
    public static bool Behind(IOperation first, IOperation around, BodyFacts body) => IsQuiet(first, around.Syntax.Span.End, body);

    private static bool IsQuiet(IOperation first, int end, BodyFacts body) => body.Root.Descendants().All(o => o.Syntax.SpanStart < first.Syntax.Span.End || o.Syntax.Span.End > end || o switch
    {
        IInvocationOperation call => KnownType.Is(call.Instance?.Type ?? call.TargetMethod.ContainingType, body.Model.Types.Process) ||
            (call.TargetMethod is not { Name: "Exists" or "GetFiles" or "EnumerateFiles" } && WaitModels.IsQuiet(call.TargetMethod, body.Model.Types)),
        IAwaitOperation or IDynamicInvocationOperation or ILockOperation or ILoopOperation or ICatchClauseOperation => false,
        _ => true,
    });
}
