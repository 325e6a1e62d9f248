using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>
/// Reports a lock that all rounds of a parallel loop share and that is either the whole of each round, or taken in each one to add to a total when the rest of the
/// round is a few computed values. A lock on a branch, in a loop of the round or behind work that may take long leaves the rounds time to run side by side.
/// </summary>
internal sealed class TW6006LockSerializesParallel() : LocalRule(Descriptors.Create(Id, Category.Placement, DiagnosticSeverity.Info))
{
    public const string Id = "TW6006";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var fork in body.ForkCalls)
        {
            if (fork is not IInvocationOperation { TargetMethod: { Name: "For" or "ForEach" } method } call || ForkModels.KindOf(method, body.Model.Types) != ForkKind.ParallelLoop ||
                call.Arguments.FirstOrDefault(static a => a.Parameter?.Name == "body") is not { } given || Conversions.WithoutAny(given.Value) is not IDelegateCreationOperation { Target: { } round })
            {
                continue;
            }

            if (round is IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda && LastLock(lambda) is { } section && IsShared(section.LockedValue, lambda))
            {
                Examine(call, lambda, section, body, sink);
            }
            else if (RoundOf(round) is { } member && LockOfWhole(member.Method, body) is { } whole)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(member.At.Syntax), new Cause(member.At.Syntax.Span), ImmutableArray.Create(CallLocation.Of(call.Syntax), whole.LockedValue.Syntax.GetLocation()), ImmutableDictionary<string, string?>.Empty, null,
                    ImmutableArray.Create<object?>(whole.LockedValue.Syntax.ToString(), Descriptors.Text($"{Id}_Whole"))));
            }
        }
    }

    private void Examine(IInvocationOperation call, IAnonymousFunctionOperation lambda, ILockOperation section, BodyFacts body, FindingSink sink)
    {
        var isWhole = lambda.Body.Operations.Count(static o => !o.IsImplicit) == 1;
        var reduction = Reduction.Of(section, lambda);
        if (!isWhole && (reduction is null || IsPartitioned(call) || !CpuBound.IsShort(lambda, body)))
        {
            return;
        }

        var edit = reduction is not null && call.TargetMethod.TypeArguments.Length < 2 && lambda.Symbol.Parameters.Length == 1 && reduction.MayLeaveLock(lambda, body) && !lambda.Body.Descendants().Any(static o => o is IReturnOperation { IsImplicit: false })
            ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "ThreadLocal") : ImmutableDictionary<string, string?>.Empty;
        var head = (LockStatementSyntax)section.Syntax;
        sink.Add(new Finding(
            Descriptor, Location.Create(head.SyntaxTree, TextSpan.FromBounds(head.SpanStart, head.CloseParenToken.Span.End)), new Cause(head.Span), ImmutableArray.Create(CallLocation.Of(call.Syntax)), edit, null,
            ImmutableArray.Create<object?>(head.Expression.ToString(), Descriptors.Text($"{Id}_{(isWhole ? "Whole" : "Reduction")}"))));
    }

    /// <summary>The method of this object, or static one, that is all a round does; what it is given is at hand.</summary>
    private static (IMethodSymbol Method, IOperation At)? RoundOf(IOperation round)
    {
        if (round is IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } group)
        {
            return (group.Method, group);
        }

        var only = round is IAnonymousFunctionOperation { Symbol.IsAsync: false, Body.Operations: var all } && all.Where(static o => !o.IsImplicit || o is not IReturnOperation { ReturnedValue: null }).Take(2).ToList() is { Count: 1 } list ? list[0] : null;
        return (only is IExpressionStatementOperation statement ? statement.Operation : only) is IInvocationOperation { Instance: null or IInstanceReferenceOperation } call &&
            !call.Arguments.Any(static a => a.Value.DescendantsAndSelf().Any(static o => o is IInvocationOperation or IObjectCreationOperation or IAwaitOperation)) ? (call.TargetMethod, call) : null;
    }

    /// <summary>The lock that is all of a method, on an object that each call locks.</summary>
    private static ILockOperation? LockOfWhole(IMethodSymbol method, BodyFacts body)
    {
        var block = method.IsAsync ? null : ForkWrites.SourceOf(method, body) switch
        {
            IMethodBodyOperation { BlockBody: { } statements } => statements,
            ILocalFunctionOperation { Body: { } statements } => statements,
            _ => null,
        };
        return block?.Operations.Where(static o => !o.IsImplicit).Take(2).ToList() is { Count: 1 } only && only[0] is ILockOperation section &&
            Conversions.WithoutAny(section.LockedValue) is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IInstanceReferenceOperation or ITypeOfOperation ? section : null;
    }

    /// <summary>The lock that each round comes to at its end.</summary>
    private static ILockOperation? LastLock(IAnonymousFunctionOperation lambda) => lambda.Body.Operations.LastOrDefault(static o => !o.IsImplicit) as ILockOperation;

    /// <summary>An object that does not depend on the round: not made of its parameters or locals, and no element that may be another one.</summary>
    private static bool IsShared(IOperation locked, IAnonymousFunctionOperation lambda) => Conversions.WithoutAny(locked) switch
    {
        ILocalReferenceOperation local => !lambda.Syntax.Span.Contains(local.Local.DeclaringSyntaxReferences[0].Span),
        IParameterReferenceOperation parameter => !SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, lambda.Symbol),
        IFieldReferenceOperation field => field.Instance is null || IsShared(field.Instance, lambda),
        IInstanceReferenceOperation or ITypeOfOperation => true,
        _ => false,
    };

    /// <summary>The loop is given ranges: then it comes to the lock once for each of them.</summary>
    private static bool IsPartitioned(IInvocationOperation call) => call.Arguments.Any(static a => a.Parameter?.Type.Name is "Partitioner" or "OrderablePartitioner");
}
