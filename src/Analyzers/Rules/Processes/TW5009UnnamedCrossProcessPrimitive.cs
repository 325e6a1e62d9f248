using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a lock or signal that is meant for other processes and that none of them can get: one without a name that guards memory which several processes update, one whose handle is told to a child, and one whose
/// name is another one in each process.
/// </summary>
internal sealed class TW5009UnnamedCrossProcessPrimitive() : TypeRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5009";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (!SpeaksOfOne(type))
        {
            return;
        }

        var seen = new HashSet<IOperation>();
        foreach (var update in MemoryUpdates.Of(type)?.Found.SelectMany(static u => u) ?? [])
        {
            foreach (var creation in update.Gates.Select(gate => UnnamedGates.Creation(gate.Path, update.Body, type)).OfType<IObjectCreationOperation>().Where(seen.Add))
            {
                var edit = KnownType.Is(creation.Type, update.Body.Model.Types.Mutex) ? NamedMutexEdit.For(update.Map) : ImmutableDictionary<string, string?>.Empty;
                Report(creation, update.Write, edit, Descriptors.Text($"{Id}_NoName", LineNumber.Of(update.Write.Syntax)));
            }
        }

        foreach (var (creation, given) in HandlesForChildren.In(type).Where(found => seen.Add(found.Creation)))
        {
            Report(creation, given, ImmutableDictionary<string, string?>.Empty, Descriptors.Text($"{Id}_Handle", LineNumber.Of(given.Syntax)));
        }

        foreach (var body in type.AllBodies())
        {
            foreach (var creation in body.Root.DescendantsAndSelf().OfType<IObjectCreationOperation>().Where(creation => NamedPrimitives.Is(creation.Type, body.Model.Types)))
            {
                if (ForeignNames.In(creation, body, type) is { } part)
                {
                    Report(creation, part, ImmutableDictionary<string, string?>.Empty, Descriptors.Text($"{Id}_OwnName", MemberLocation.NameOf(part.Syntax)));
                }
            }
        }

        void Report(IObjectCreationOperation creation, IOperation other, ImmutableDictionary<string, string?> edit, LocalizableString what) => sink.Add(new Finding(
            Descriptor, CallLocation.OfCreation(creation.Syntax), new Cause(creation.Syntax.Span), ImmutableArray.Create(MemberLocation.Of(other.Syntax)), edit, null, ImmutableArray.Create<object?>(creation.Type!.Name, what)));
    }

    private static bool SpeaksOfOne(TypeFacts type) => type.AllBodies() is { Count: > 0 } bodies && type.Type.DeclaringSyntaxReferences.Any(part =>
        (TreeGate.WordsOf(part.SyntaxTree, bodies[0].Model, bodies[0].Cancellation) & BodyContents.ProcessLocks) != 0);
}
