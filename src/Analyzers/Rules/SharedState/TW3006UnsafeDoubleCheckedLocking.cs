using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports an initialization that is tested without a lock, then made under one, and goes wrong: the test is not made again, the object is filled after it is stored, the flag is set before what it stands for, or the
/// value is more than a word. That threads share the field is what the lock says. Members that callers within the type hold a lock around are left alone.
/// </summary>
internal sealed class TW3006UnsafeDoubleCheckedLocking() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3006";

    /// <summary>The edit that makes the test again under the lock.</summary>
    public const string CheckAgain = "CheckAgain";

    /// <summary>The edit that sets the flag last.</summary>
    public const string SetFlagLast = "SetFlagLast";

    /// <summary>The edit that fills the object before it is stored.</summary>
    public const string PublishLast = "PublishLast";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var body in type.AllBodies().Where(static b => !b.LockStatements.IsEmpty || !b.LockCalls.IsEmpty || b.Contents.HasFlag(BodyContents.Scopes)))
        {
            foreach (var check in DoubleChecks.In(body))
            {
                if (IsExposed(check, type, body))
                {
                    sink.Add(Report(check));
                }
            }
        }
    }

    /// <summary>Whether the test may run on two threads at once: no lock is held by each caller, and the object is not under construction.</summary>
    private static bool IsExposed(DoubleCheck check, TypeFacts type, BodyFacts body)
    {
        var test = TypeAccesses.Of(type).Around(check.Test, body)?.Accesses.FirstOrDefault(a => check.Test.Condition.Syntax.Span.Contains(a.At.Syntax.Span));
        return test is not null && EntryLocks.Of(type) is var entry && !entry.IsOwned(test) && entry.At(test).IsEmpty;
    }

    private Finding Report(DoubleCheck check)
    {
        var edit = check.Kind switch
        {
            BrokenCheck.NoSecondCheck => CheckAgain,
            BrokenCheck.FlagFirst => SetFlagLast,
            BrokenCheck.FilledAfterwards => PublishLast,
            _ => null,
        };
        var others = ImmutableArray.Create(check.Test.Condition.Syntax.GetLocation());
        return new Finding(
            Descriptor, check.Assignment.Syntax.GetLocation(), new Cause(check.Assignment.Syntax.Span), check.After is null ? others : others.Add(check.After.Syntax.GetLocation()),
            edit is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit), check.Field,
            ImmutableArray.Create<object?>(check.Field.Name, Descriptors.Text($"{Id}_{check.Kind}")));
    }
}
