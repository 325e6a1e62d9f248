using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports shared memory whose value is read, changed and written back with no lock of all processes around: another process that runs the same code does so in between, and its change is lost. One report for a memory. Assumed: where code
/// opens a map that is there or makes it, several processes run it. A lock without a name is left to the rule on unnamed ones.
/// </summary>
internal sealed class TW5006SharedMemoryWithoutProcessLock() : TypeRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5006";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (MemoryUpdates.Of(type) is not { } memories)
        {
            return;
        }

        foreach (var updates in memories.Found)
        {
            var first = updates[0];
            var gate = first.Gates.IsEmpty ? null : first.Gates[0].Path;
            var cause = gate is not null && UnnamedGates.Creation(gate, first.Body, type) is { } creation ? new Cause(creation.Syntax.Span) : new Cause(first.Write.Syntax.Span);
            sink.Add(new Finding(
                Descriptor, MemberLocation.Of(first.Write.Syntax), cause,
                ImmutableArray.CreateRange(updates.SelectMany(static u => new[] { u.Write, u.Read }).Skip(1).Append(first.Map).Select(static o => MemberLocation.Of(o.Syntax))), Edit(updates), null,
                ImmutableArray.Create<object?>(
                    MemberLocation.NameOf(first.Write.Syntax), LineNumber.Of(first.Read.Syntax),
                    gate is null ? Descriptors.Text($"{Id}_NoLock") : Descriptors.Text($"{Id}_OwnLock", gate.Display()))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(ImmutableArray<MemoryUpdate> updates) => updates.All(static u => u.Read.Syntax.SyntaxTree == u.Write.Syntax.SyntaxTree) && NamedMutexEdit.For(updates[0].Map) is { IsEmpty: false } edit
        ? edit.Add(FixProperties.Accesses, (2 * updates.Length - 1).ToString(CultureInfo.InvariantCulture))
        : ImmutableDictionary<string, string?>.Empty;
}
