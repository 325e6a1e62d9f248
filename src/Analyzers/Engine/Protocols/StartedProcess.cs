using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A child process that a body starts and every use of which is in sight: the process is in a local or private field that is written once, in a local list or array, or in no variable, and goes nowhere but to helpers of the file.</summary>
/// <param name="Start">The call that starts it, or that of the helper which does.</param>
/// <param name="Uses">What is done with it, in source order, with the uses in helpers that are given it.</param>
/// <param name="Infos">What its start information is made by, in source order; empty where nothing but names is given.</param>
/// <param name="Creation">The creation of a process that is started later, else null.</param>
internal sealed record StartedProcess(IInvocationOperation Start, ImmutableArray<ProcessUse> Uses, ImmutableArray<IOperation> Infos, IObjectCreationOperation? Creation)
{
    /// <summary>A field holds it, so that it is not dropped at the end of the body.</summary>
    public bool IsKept { get; private init; }

    /// <summary>Another member, or somebody unknown, has made it: how it was set up is not asked, what becomes of it here is known.</summary>
    public bool IsMadeElsewhere { get; private init; }

    /// <summary>The call that starts it, and before it the calls of the helpers that lead there.</summary>
    public ImmutableArray<IOperation> Path { get; private init; } = ImmutableArray.Create<IOperation>(Start);

    /// <summary>The call that starts it, in a helper or not.</summary>
    public IInvocationOperation InnerStart => (IInvocationOperation)Path[Path.Length - 1];

    /// <summary>Whether it is in sight how the process was set up, by the body or by a helper that has made and started it.</summary>
    public bool IsSetUpInSight => !IsMadeElsewhere || Path.Length > 1;

    /// <summary>The bodies of the helpers that make and start it.</summary>
    public IEnumerable<IOperation> Helpers => Path.Skip(1).Select(static at => at.AncestorsAndSelf().Last());

    /// <summary>The start, and before it the calls within the body that run the local functions which it stands in.</summary>
    public ImmutableArray<IOperation> Way { get; } = ProcessUses.WayTo(Start);

    /// <summary>What a helper or local function on the way to the start is given for its parameter; null for any other parameter.</summary>
    public IOperation? Given(IParameterSymbol parameter) => Way.Take(Way.Length - 1).Concat(Path.Take(Path.Length - 1)).OfType<IInvocationOperation>().Select(call => ProcessUses.Argument(call, parameter)).FirstOrDefault(static given => given is not null);

    /// <summary>The processes that the body makes and starts, without those that anything unknown happens to.</summary>
    public static IEnumerable<StartedProcess> In(BodyFacts body) => Handled(body).Where(static process => !process.IsMadeElsewhere);

    /// <summary>The same with those that somebody else has made and the body starts, and those that a helper of the file has made and started for it.</summary>
    public static ImmutableArray<StartedProcess> Handled(BodyFacts body) => body.Once(static b => new All(ImmutableArray.CreateRange(Find(b).Concat(FromHelpers(b)).Concat(UsedOnTheSpot(b))))).Processes;

    /// <summary>Whether <paramref name="pipe"/> is read, or given to somebody who may read it.</summary>
    public bool IsTaken(ProcessPipe pipe) => Uses.Any(use => use.Pipe == pipe && (use.Reads || use.Drains));

    /// <summary>Whether somebody waits for the lines of <paramref name="pipe"/>.</summary>
    public bool HasHandler(ProcessPipe pipe) => Uses.Any(use => use.Pipe == pipe && use.Action == ProcessAction.AddHandler);

    private static IEnumerable<StartedProcess> Find(BodyFacts body)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var start in body.ProcessStarts)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var uses = new ProcessUses(body);
            var holder = HolderOf(start);
            if (holder is null)
            {
                if ((ProcessUses.GroupOf(Value(start)) is not { } group || seen.Add(group)) && Unheld(start, uses, body) is { } unheld)
                {
                    yield return unheld;
                }

                continue;
            }

            var mentions = holder is ILocalSymbol local ? ImmutableArray.CreateRange<IOperation>(Locals.Uses(local, body.Root)) : HeldProcess.Mentions((IFieldSymbol)holder, body);
            if (!seen.Add(holder) || OnlyCreation(holder, mentions, body.Root) is not { } created)
            {
                continue;
            }

            if (holder is ILocalSymbol { RefKind: RefKind.None } disposed)
            {
                uses.TakeDeclaration(disposed);
            }

            var isStarted = created is IInvocationOperation call && ProcessModels.IsStart(call.TargetMethod, body.Model.Types);
            var isMadeElsewhere = created is IInvocationOperation && !isStarted && holder is ILocalSymbol;
            var isKnown = created is IObjectCreationOperation creation && Is(creation, body) ? uses.TakeInitializer(creation) : isStarted || isMadeElsewhere;
            if (isKnown && mentions.All(use => uses.TakeProcess(use, ImmutableArray<IOperation>.Empty)) && uses.Starts(body.Model.Types) + (isStarted ? 1 : 0) == 1)
            {
                yield return new StartedProcess(start, uses.All(start), uses.Infos(start), created as IObjectCreationOperation) { IsKept = holder is IFieldSymbol, IsMadeElsewhere = isMadeElsewhere };
            }
        }
    }

    /// <summary>The locals that get what a helper of the file has started, where it is in sight what the helper does with it.</summary>
    private static IEnumerable<StartedProcess> FromHelpers(BodyFacts body)
    {
        foreach (var declarator in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => KnownType.Is(d.Symbol.Type, body.Model.Types.Process)))
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var mentions = ImmutableArray.CreateRange<IOperation>(Locals.Uses(declarator.Symbol, body.Root));
            if (OnlyCreation(declarator.Symbol, mentions, body.Root) is not IInvocationOperation call || ProcessModels.IsStart(call.TargetMethod, body.Model.Types))
            {
                continue;
            }

            var uses = new ProcessUses(body);
            uses.TakeDeclaration(declarator.Symbol);
            if (uses.TakeMaker(call, ImmutableArray<IOperation>.Empty) && mentions.All(use => uses.TakeProcess(use, ImmutableArray<IOperation>.Empty)) && uses.Starts(body.Model.Types) == 1)
            {
                yield return OfHelper(call, uses, body);
            }
        }
    }

    private static StartedProcess OfHelper(IInvocationOperation call, ProcessUses uses, BodyFacts body)
    {
        var path = uses.StartPath(body.Model.Types);
        return new StartedProcess(call, uses.All(call), uses.Infos((IInvocationOperation)path[path.Length - 1]), null) { IsMadeElsewhere = true, Path = path };
    }

    /// <summary>The same without a local: <c>Run("git").StandardOutput.ReadToEnd()</c>, or dropped.</summary>
    private static IEnumerable<StartedProcess> UsedOnTheSpot(BodyFacts body)
    {
        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>().Where(call => KnownType.Is(call.Type, body.Model.Types.Process) && !KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Process) &&
            Value(call).Parent is IMemberReferenceOperation or IInvocationOperation or IConditionalAccessOperation or IExpressionStatementOperation or IUsingOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }))
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var uses = new ProcessUses(body);
            if (uses.TakeMaker(call, ImmutableArray<IOperation>.Empty) && uses.TakeProcess(Value(call), ImmutableArray<IOperation>.Empty) && uses.Starts(body.Model.Types) == 1)
            {
                yield return OfHelper(call, uses, body);
            }
        }
    }

    /// <summary>A process that no variable of its own holds: what is done with it is done right where it is started, or in the list or array that it goes to.</summary>
    private static StartedProcess? Unheld(IInvocationOperation start, ProcessUses uses, BodyFacts body)
    {
        var made = start.Instance as IObjectCreationOperation;
        var isKnown = start.TargetMethod.IsStatic ? uses.TakeProcess(Value(start), ImmutableArray<IOperation>.Empty) && uses.Starts(body.Model.Types) == 0
            : made is not null && uses.TakeInitializer(made) && uses.TakeProcess(made, ImmutableArray<IOperation>.Empty);
        return isKnown ? new StartedProcess(start, uses.All(start), uses.Infos(start), made) : null;
    }

    private static bool Is(IObjectCreationOperation creation, BodyFacts body) => KnownType.Is(creation.Type, body.Model.Types.Process);

    /// <summary>The local or private field that is started, or that gets what <c>Process.Start</c> returns.</summary>
    private static ISymbol? HolderOf(IInvocationOperation start)
    {
        if (!start.TargetMethod.IsStatic)
        {
            var instance = Conversions.WithoutBuiltIn(start.Instance);
            return (instance as ILocalReferenceOperation)?.Local ?? (ISymbol?)HeldProcess.FieldOf(instance);
        }

        return Value(start).Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation target } => HeldProcess.FieldOf(target),
            _ => null,
        };
    }

    /// <summary>What a start gives, once it is sure to have given something.</summary>
    private static IOperation Value(IOperation start)
    {
        while (start.Parent is IConversionOperation or ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } })
        {
            start = start.Parent;
        }

        return start;
    }

    /// <summary>The one value that the local or field ever gets, null apart, given by this body; null where there may be another.</summary>
    internal static IOperation? OnlyCreation(ISymbol holder, ImmutableArray<IOperation> mentions, IOperation root)
    {
        IOperation? only = null;
        var values = root.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol, holder)).Select(static d => d.GetVariableInitializer()?.Value)
            .Concat(mentions.Select(static use => use.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use ? assignment.Value : null));
        foreach (var value in values.Select(Plain).Where(static v => v is not null && !(v.ConstantValue is { HasValue: true, Value: null })))
        {
            if (only is not null)
            {
                return null;
            }

            only = value;
        }

        return holder is ILocalSymbol { RefKind: not RefKind.None } || only is null || !root.Syntax.Span.Contains(only.Syntax.Span) ? null : only;
    }

    private static IOperation? Plain(IOperation? value)
    {
        value = Conversions.WithoutThrow(value);
        return value is IAwaitOperation wait ? Conversions.WithoutBuiltIn(wait.Operation) : value;
    }

    private sealed record All(ImmutableArray<StartedProcess> Processes);
}
