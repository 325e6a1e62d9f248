using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a thread or cold task that nothing starts: dropped where it is made, or kept in a variable or group of which every use is seen and none starts it or hands it on.
/// </summary>
internal sealed class TW1001ThreadNeverStarted() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1001";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var creation in body.ForkCalls)
        {
            var kind = ForkModels.KindOf(creation, body.Model.Types);
            if (kind is not (ForkKind.Thread or ForkKind.ColdTask))
            {
                continue;
            }

            var handle = ForkHandle.Of(creation);
            var isForgotten = handle.Home switch
            {
                HandleHome.Dropped => creation.Parent is not IInvocationOperation,
                HandleHome.Variable => HandleFate.IsNeverStarted(handle.Variable!, isGroup: false, body),
                HandleHome.Group => HandleFate.IsNeverStarted(handle.Variable!, isGroup: true, body),
                _ => false,
            };
            if (isForgotten)
            {
                var edit = handle is { Home: HandleHome.Variable, Variable: ILocalSymbol local }
                    ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "InsertStart").Add(FixProperties.Handle, local.Name)
                    : ImmutableDictionary<string, string?>.Empty;
                sink.Add(new Finding(
                    Descriptor, creation.Syntax.GetLocation(), new Cause(creation.Syntax.Span), ImmutableArray<Location>.Empty, edit, null,
                    ImmutableArray.Create<object?>(Descriptors.Text($"{Id}_{(kind == ForkKind.Thread ? "Thread" : "Task")}"))));
            }
        }
    }
}
