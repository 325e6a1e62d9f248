using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports <c>Abort</c>, and an <c>Interrupt</c> that the body of the thread does not handle. Where the compiler warns of the member itself, and on the thread that
/// runs the call, it is silent: who catches an interrupt sets it again that way.
/// </summary>
[NoCodeFix("How the body is to be asked to stop, by a token or a flag, and where it can stop, only the author can say")]
internal sealed class TW1012ThreadAbortSuspend() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info, isEnabledByDefault: false))
{
    public const string Id = "TW1012";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var call in body.HandleCalls)
        {
            if (WaitModels.ActionOf(call.TargetMethod, body.Model.Types) == HandleAction.BreakIn && call.Instance is { } receiver && !IsObsolete(call.TargetMethod) && !IsOwn(receiver, body) &&
                (call.TargetMethod.Name != "Interrupt" || InterruptHandling.IsMissing(receiver, body)))
            {
                sink.Add(this, CallLocation.Of(call.Syntax), new Cause(call.Syntax.Span), $"Thread.{call.TargetMethod.Name}");
            }
        }
    }

    private static bool IsObsolete(IMethodSymbol method) => method.GetAttributes().Any(static a => a.AttributeClass?.Name == "ObsoleteAttribute");

    private static bool IsOwn(IOperation receiver, BodyFacts body) =>
        (receiver is ILocalReferenceOperation local ? Locals.OnlyValue(local.Local, body.Root) : receiver) is IPropertyReferenceOperation { Property: { Name: "CurrentThread", IsStatic: true } };
}
