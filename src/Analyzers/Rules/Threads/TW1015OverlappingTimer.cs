using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a timer that ticks again and again and whose callback must not run twice at once: it is async, sleeps longer than the period, or changes what it shares with its next run. A tick
/// does not wait for the last one; when the machine is busy, or stands in a debugger, they overlap. One report a timer.
/// </summary>
internal sealed class TW1015OverlappingTimer() : TypeRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Info))
{
    public const string Id = "TW1015";

    /// <summary>The edit that makes each update one call of <c>Interlocked</c>.</summary>
    public const string UseInterlocked = "UseInterlocked";

    /// <summary>The edit that leaves a tick out while the last one runs.</summary>
    public const string SkipTick = "SkipTick";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var ticks in OverlappingTicks.Of(type))
        {
            var changes = ticks.Changes.Select(static a => a.At.Syntax.GetLocation()).ToImmutableArray();
            var others = changes.IsEmpty ? ImmutableArray.Create(ticks.At) : changes;
            var data = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Accesses, changes.Length.ToString(CultureInfo.InvariantCulture));
            if (!changes.IsEmpty && ticks.Changes.All(static a => a.Kind == AccessKind.Update && AtomicUpdates.Is(a, a.In.Body.Model)))
            {
                data = data.Add(FixProperties.Edit, UseInterlocked);
            }
            else if (Declaration(ticks.Callback, ticks.Timer) is { } declaration)
            {
                data = data.Add(FixProperties.Edit, SkipTick);
                others = others.Add(declaration);
            }

            var cause = ticks.Changes.IsEmpty ? ticks.Timer.Syntax.Span : ticks.Changes[0].At.Syntax.Span;
            sink.Add(new Finding(
                Descriptor, ticks.Timer is IInvocationOperation ? CallLocation.Of(ticks.Timer.Syntax) : CallLocation.OfCreation(ticks.Timer.Syntax), new Cause(cause), others, data, ticks.Place?.Holder as IFieldSymbol,
                ImmutableArray.Create<object?>(ticks.Place?.Display() ?? NameOf(ticks.Callback), Descriptors.Text($"{Id}_{ticks.Fault}"))));
        }
    }

    private static string NameOf(ForkBody callback) => callback.Function.MethodKind == MethodKind.AnonymousFunction ? "callback" : callback.Function.Name;

    /// <summary>The name of the method that the timer calls, where it stands in the same file and has a block.</summary>
    private static Location? Declaration(ForkBody callback, IOperation timer) => callback.Named is IMethodReferenceOperation && callback.Function.DeclaringSyntaxReferences.Length == 1 &&
        callback.Function.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body: not null } method && method.SyntaxTree == timer.Syntax.SyntaxTree ? method.Identifier.GetLocation() : null;
}
