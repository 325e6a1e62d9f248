using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Whether a test and the reads behind it may be one read, made before the statement with the test.</summary>
internal static class TestedReads
{
    /// <summary>
    /// Nothing in the statement is evaluated before the test, the test fills nothing and is no loop's, and between the test and the last read nothing stands that may be meant to change the variable:
    /// an <c>await</c>, a lock, or a call of the type's own that writes it.
    /// </summary>
    public static bool CanBeOne(ClearedRead read, TypeAccesses type)
    {
        IOperation? statement = read.Test;
        while (statement is not null and not { Parent: IBlockOperation or ISwitchCaseOperation })
        {
            if (statement is ILoopOperation or ICoalesceAssignmentOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }

            statement = statement.Parent;
        }

        if (statement is null or ILoopOperation || (statement is IConditionalOperation { WhenTrue: var branch } && Operations.OfFunction(branch).Any(o => IsFill(o, read))))
        {
            return false;
        }

        var (start, end) = (read.Test.Syntax.SpanStart, read.Reads.Max(static r => r.Syntax.SpanStart));
        if (Operations.OfFunction(statement).Any(o => o.Syntax.Span.End <= start && o is IInvocationOperation or IAssignmentOperation or IObjectCreationOperation or IAwaitOperation or IIncrementOrDecrementOperation))
        {
            return false;
        }

        return !Operations.OfFunction(read.In.Root).Any(o => o.Syntax.SpanStart < end && o.Syntax.Span.End > start && o is IAwaitOperation && o.Syntax.SpanStart >= start) &&
            !read.Reads.Any(r => r.AncestorsAndSelf().Any(a => a is ILockOperation or IUsingOperation && !a.IsAround(read.Test))) &&
            !read.In.Calls.Any(c => c.At.Syntax.SpanStart > start && c.At.Syntax.SpanStart < end && MayWrite(c, read, type));
    }

    private static bool IsFill(IOperation operation, ClearedRead read) => operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Member, read.Member) &&
        operation.Syntax.SpanStart < read.Reads.Max(static r => r.Syntax.SpanStart);

    private static bool MayWrite(FunctionCall call, ClearedRead read, TypeAccesses type) => type.FunctionOf(call.Target) is not { } target ||
        Side.Of(target, type).Accesses.Any(a => a.Access.Kind is not (AccessKind.Read or AccessKind.Use) && SymbolEqualityComparer.Default.Equals(a.Access.Place.Holder, read.Member));
}
