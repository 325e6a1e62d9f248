using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a field or event that is tested for null and then read again, where another thread can set it to null in between; one report a test. An event that others subscribe to needs no more; a field needs a
/// clear on another thread: under a lock, atomic, of a volatile field, or beside a fork. Missed: a value that is returned or passed on by the second read.
/// </summary>
internal sealed class TW3014SharedFieldReadTwice() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Info))
{
    public const string Id = "TW3014";

    /// <summary>The edit that calls by <c>?.</c> instead of testing.</summary>
    public const string ConditionalCall = "ConditionalCall";

    /// <summary>The edit that reads once, into a local.</summary>
    public const string CopyToLocal = "CopyToLocal";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var read in ClearedReads.Of(type))
        {
            var others = read.Reads.Where(r => r != read.Use).Prepend(read.Test).Select(static o => o.Syntax.GetLocation()).Distinct().ToImmutableArray();
            var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, others.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            sink.Add(new Finding(
                Descriptor, read.Use.Syntax.GetLocation(), new Cause(read.Use.Syntax.Span), read.Clear is null ? others : others.Add(read.Clear.Syntax.GetLocation()),
                EditOf(read, type) is { } edit ? data.Add(FixProperties.Edit, edit) : data, read.Member,
                ImmutableArray.Create<object?>(read.Member.Name, LineNumber.Of(read.Test.Syntax), Descriptors.Text(read.Clear is null ? $"{Id}_Event" : $"{Id}_Field"))));
        }
    }

    private static string? EditOf(ClearedRead read, TypeFacts type) =>
        IsOnlyCall(read) ? ConditionalCall : TestedReads.CanBeOne(read, TypeAccesses.Of(type)) ? CopyToLocal : null;

    /// <summary><c>if (x != null) x.Call(…);</c> with no other read.</summary>
    private static bool IsOnlyCall(ClearedRead read) => read.Reads.Length == 1 && StatementOf(read.Test) is IConditionalOperation { WhenFalse: null } choice && choice.Condition == TestOf(read.Test) &&
        OnlyStatement(choice.WhenTrue) is IExpressionStatementOperation { Operation: IInvocationOperation call } && IsHead(read.Use, call);

    private static IOperation? StatementOf(IOperation test) => TestOf(test).Parent;

    /// <summary>The comparison or pattern that the reference is tested by.</summary>
    private static IOperation TestOf(IOperation reference)
    {
        var at = reference.Parent!;
        while (at is IConversionOperation)
        {
            at = at.Parent!;
        }

        return at;
    }

    private static IOperation OnlyStatement(IOperation branch) => branch is IBlockOperation { Operations: { Length: 1 } only } ? only[0] : branch;

    /// <summary>Whether the call begins with the read: <c>x()</c>, <c>x.M()</c>, <c>x.P.M()</c>.</summary>
    private static bool IsHead(IOperation read, IInvocationOperation call)
    {
        var head = call.Instance;
        while (head is not null && head != read)
        {
            head = head switch
            {
                IInvocationOperation inner => inner.Instance,
                IMemberReferenceOperation member => member.Instance,
                IArrayElementReferenceOperation element => element.ArrayReference,
                _ => null,
            };
        }

        return head is not null;
    }
}
