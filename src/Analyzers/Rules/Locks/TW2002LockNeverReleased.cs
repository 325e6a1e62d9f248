using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a lock that a function takes and nothing gives back: the lock is one that only its type can reach, and each release of it in the type belongs to another acquire of its own
/// function; and a lock that guard objects hold, where one of them is dropped. One report a lock, at the first such acquire. Whoever else may get the lock may release it, and then nothing is said.
/// </summary>
internal sealed class TW2002LockNeverReleased() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2002";

    /// <summary>The edit that puts the code behind the acquire into a <c>try</c> whose <c>finally</c> releases.</summary>
    public const string WrapInTryFinally = "WrapInTryFinally";

    private static readonly ImmutableDictionary<string, string?> s_edit =
        ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, WrapInTryFinally);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var dropped in DroppedGuard.In(type).GroupBy<DroppedGuard, ISymbol>(static d => d.Holder, SymbolEqualityComparer.Default))
        {
            var first = dropped.First().Opening.Syntax;
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(first), new Cause(first.Span), dropped.Skip(1).Select(static d => CallLocation.Of(d.Opening.Syntax)).ToImmutableArray(),
                ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(dropped.Key.Name, Descriptors.Text($"{Id}_Never"))));
        }

        foreach (var found in type.Once(NeverReleased.In))
        {
            // An edit at one of several acquires would leave the report to the next.
            var first = found.Acquires[0];
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(first.Syntax), new Cause(first.Syntax.Span), found.Acquires.Skip(1).Select(static a => CallLocation.Of(a.Syntax)).ToImmutableArray(),
                found.Acquires.Length == 1 && found.OnFailure is null && first.Action is { Taken: null, IsThroughHelper: false } ? s_edit : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(found.Path.Display(), found.OnFailure is { } release
                    ? Descriptors.Text($"{Id}_OnFailure", LineNumber.Of(release.Syntax))
                    : Descriptors.Text($"{Id}_Never"))));
        }
    }
}
