using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a library that starts a foreground thread whose body loops until it is told to stop: a program that forgets to tell it never ends. A type that speaks of
/// <c>IsBackground</c> anywhere has thought about it.
/// </summary>
internal sealed class TW1017ForegroundLoopThread() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info))
{
    public const string Id = "TW1017";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        if (body.Model.Compilation.Options.OutputKind is not OutputKind.DynamicallyLinkedLibrary)
        {
            return;
        }

        foreach (var start in body.Forks().Starts)
        {
            if (start.Kind == ForkKind.Thread && start.Bodies.Any(b => ServiceLoop.IsForLifeIn(b, body)) && !JoinedHere.Is(start, body) && !IsHandedOn(start, body) && !Mentions(body.Owner.ContainingType, "IsBackground"))
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(start.At.Syntax), new Cause(start.At.Syntax.Span), ImmutableArray.Create(start.Creation.Syntax.GetLocation()),
                    Edit(start), null, ImmutableArray.Create<object?>(HandleUses.VariableOf(((IInvocationOperation)start.At).Instance)?.Name ?? "Thread")));
            }
        }
    }

    /// <summary>Code of other types gets the thread and may set the property. What keeps it in a collection does not.</summary>
    private static bool IsHandedOn(ForkStart start, BodyFacts body) => start.Handle is { Home: HandleHome.Variable, Variable: { } variable } && HandleUses.Of(variable, body) is { } uses &&
        uses.Any(use => use.Parent is IArgumentOperation { Parent: IInvocationOperation call } && !PlainCalls.Keeps(call.TargetMethod, body.Model.Types));

    /// <summary>On a variable the property is set before the start; on a thread that has no name, where it is made.</summary>
    private static ImmutableDictionary<string, string?> Edit(ForkStart start) => start.At switch
    {
        IInvocationOperation { Instance: ILocalReferenceOperation or IFieldReferenceOperation, Parent: IExpressionStatementOperation } => Set("SetBackground"),
        IInvocationOperation { Instance: IObjectCreationOperation { Initializer: null } } => Set("InitializeBackground"),
        _ => ImmutableDictionary<string, string?>.Empty,
    };

    private static ImmutableDictionary<string, string?> Set(string edit) => ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit);

    private static bool Mentions(INamedTypeSymbol? type, string word) => type is not null && type.DeclaringSyntaxReferences
        .Any(part => part.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == word));
}
