using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports the start of a foreground thread that nobody joins, keeps or makes a background thread. A body that loops until it is told to stop, or that tells its end
/// by a signal, is waited for otherwise, if at all.
/// </summary>
internal sealed class TW1003ThreadNeverJoined() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info, isEnabledByDefault: false))
{
    public const string Id = "TW1003";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var start in UnjoinedThread.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(start.At.Syntax), new Cause(start.Creation.Syntax.Span), ImmutableArray.Create(start.Creation.Syntax.GetLocation()),
                Edit(start, body), null, ImmutableArray.Create<object?>(start.Handle.Variable?.Name ?? "Thread")));
        }
    }

    /// <summary>A body that may wait for its starter could wait for ever once its starter waits for it; in a loop the threads would run one by one.</summary>
    private static ImmutableDictionary<string, string?> Edit(ForkStart start, BodyFacts body)
    {
        if (start.Handle is not { Home: HandleHome.Variable, Variable: ILocalSymbol local } || body.Forks().MayWait(start) || start.At.Parent is not IExpressionStatementOperation)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        for (var up = start.At.Parent; up is not null; up = up.Parent)
        {
            if (up is ILoopOperation or ILockOperation)
            {
                return ImmutableDictionary<string, string?>.Empty;
            }
        }

        return ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "JoinAtEnd").Add(FixProperties.Handle, local.Name);
    }
}
