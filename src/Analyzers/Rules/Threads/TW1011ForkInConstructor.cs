using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a constructor that starts a body which reads a field that the constructor assigns only afterwards, or which calls a member that a derived class overrides,
/// whose own constructor has not run yet.
/// </summary>
internal sealed class TW1011ForkInConstructor() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info))
{
    public const string Id = "TW1011";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var early in EarlyForks.In(body))
        {
            var others = ImmutableArray.Create(early.Use.Syntax.GetLocation());
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(early.Start.At.Syntax), new Cause(early.Start.Creation.Syntax.Span), early.Ready is { } ready ? others.Add(ready.Syntax.GetLocation()) : others,
                early.Ready is not null && IsMovable(early.Start, body) ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "StartLast") : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(early.Member.Name, Descriptors.Text($"{Id}_{(early.Ready is null ? "Overridden" : "Unassigned")}"))));
        }
    }

    /// <summary>A statement of the constructor's own block, behind which nothing has to do with what runs or changes what it or the body captures.</summary>
    private static bool IsMovable(ForkStart start, BodyFacts body)
    {
        var statement = start.At;
        while (statement is not IExpressionStatementOperation && statement.Parent is { } up and not IBlockOperation)
        {
            statement = up;
        }

        if (statement is not IExpressionStatementOperation || statement.Syntax.Parent is not BlockSyntax { Parent: ConstructorDeclarationSyntax } || start.At is IInvocationOperation { Instance: not null, Arguments.IsEmpty: false } && start.Kind == ForkKind.Thread)
        {
            return false;
        }

        var later = StraightLine.Siblings(statement).Where(s => s.Syntax.SpanStart > statement.Syntax.SpanStart).SelectMany(static s => s.DescendantsAndSelf()).ToList();
        var captured = statement.Descendants().Concat(start.Bodies.SelectMany(static b => b.Named.DescendantsAndSelf())).Select(Locals.VariableOf).OfType<ISymbol>().ToImmutableHashSet(SymbolEqualityComparer.Default);
        return later.All(o => o switch
        {
            IReturnOperation or IThrowOperation or IAwaitOperation or ILockOperation => false,
            IInvocationOperation call => WaitModels.IsQuiet(call.TargetMethod, body.Model.Types) || WaitModels.ActionOf(call.TargetMethod, body.Model.Types) == HandleAction.Start || ForkModels.KindOf(call, body.Model.Types) is ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem,
            _ => !(Locals.VariableOf(o) is { } variable && StraightLine.IsTarget(o) && captured.Contains(variable)) && !IsHandle(o, start),
        });
    }

    private static bool IsHandle(IOperation operation, ForkStart start) => start.Handle.Variable is { } handle && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(operation), handle);
}
