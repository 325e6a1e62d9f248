using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>
/// Edit facts of the fix that lets the framework share out the rounds of a loop. The rounds then run side by side as a whole, with what stands before the thread in
/// each, so that must be fresh locals with computed values. The fix looks at the form of the code and may still decline.
/// </summary>
internal static class ParallelEdits
{
    public static ImmutableDictionary<string, string?> For(SplitWork work, BodyFacts body, string loopEdit = "ParallelLoop")
    {
        var fits = work.Loop is null || (work.Loop is IForEachLoopOperation or IForLoopOperation && work.Loop.Body is IBlockOperation block &&
            block.Operations.All(statement => IsPlain(statement, body)) && !IsShared(work));
        return !fits ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, work.IsPerItem ? loopEdit : "ParallelInvoke").Add(FixProperties.Handle, work.Handle.Name);
    }

    /// <summary>A statement about threads, or locals that are computed.</summary>
    private static bool IsPlain(IOperation statement, BodyFacts body) => statement switch
    {
        IExpressionStatementOperation expression => expression.Descendants().Any(o => KnownType.Is(o.Type, body.Model.Types.Thread)),
        IVariableDeclarationGroupOperation declared => Operations.OfFunction(declared).All(o => o switch
        {
            IObjectCreationOperation made => KnownType.Is(made.Type, body.Model.Types.Thread),
            IInvocationOperation call => ComputeModels.Computes(call.TargetMethod, body.Model.Types),
            IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation => false,
            _ => true,
        }),
        _ => false,
    };

    /// <summary>The rounds share a variable that each of them changes: the threads may read a later value than the rounds of the loop would.</summary>
    private static bool IsShared(SplitWork work) => work.Creations.SelectMany(static c => c.Bodies).Any(b =>
        b.Named is IAnonymousFunctionOperation lambda && LoopVariables.ChangedEachRound(work.Loop!).Any(v => lambda.Descendants().OfType<ILocalReferenceOperation>().Any(r => SymbolEqualityComparer.Default.Equals(r.Local, v))));
}
