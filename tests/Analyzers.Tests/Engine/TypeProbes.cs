using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>
/// Asks the engine about marked places of a type: an access of the field <c>p</c> in the code under test is the place that the test calls <c>"p"</c>. The snippet is the members of a class
/// with two locks; its bodies are collected by the driver, as for the rules.
/// </summary>
internal sealed class TypeProbes
{
    private readonly TypeFacts _type;
    private readonly EntryLocks _entry;

    private TypeProbes(TypeFacts type)
    {
        _type = type;
        _entry = EntryLocks.Of(type);
    }

    /// <summary>What <paramref name="ask"/> answers about a class of the given members. It is asked while the driver is at the end of the type, as a rule is.</summary>
    public static async Task<T> AskAsync<T>(string members, Func<TypeProbes, T> ask)
    {
        var answers = new List<T>();
        var analysis = Analysis.Of(Verify.GlobalUsings, $$"""
            public class C
            {
                private readonly object _gate = new(), _other = new();
                private int p, q, r;
                private List<int> _list = [];
                {{members}}
            }
            """);
        if (analysis.Errors() is [var error, ..])
        {
            throw new InvalidOperationException(error.ToString());
        }

        await (analysis with { Analyzers = [new Asking(type => answers.Add(ask(new TypeProbes(type))))] }).ReportsAsync();
        return answers.Single();
    }

    /// <summary>The locks that are held at the place on every way to it, or <c>unknown</c>.</summary>
    public string Held(string probe) => Text(_entry.At(At(probe)));

    /// <summary>Whether nobody else can have the object yet, or any more.</summary>
    public bool Owned(string probe) => _entry.IsOwned(At(probe));

    /// <summary>The lock that most methods use the field under, and the members that do not; null for a field without one.</summary>
    public string? Guard(string field) => Guards.Of(_type).FirstOrDefault(g => g.Field.Name == field) is { } guard
        ? $"{guard.Lock.Path}; not in {string.Join(", ", guard.Unguarded.Select(static a => a.In.Member.Name).Distinct())}"
        : null;

    /// <summary>Whether two accesses of the field, each told by the code around it, may be made at once, whatever locks are held at them.</summary>
    public bool MayRunWith(string one, string other) => Meetings.Of(_type).Any(meeting =>
        (from first in meeting.One.Accesses
         from second in meeting.Others
         where (IsAt(first.Access, one) && IsAt(second.Access, other)) || (IsAt(first.Access, other) && IsAt(second.Access, one))
         select meeting.Has(first.Access, second.Access)).Any(static meets => meets));

    /// <summary>Whether both are parts of one race: they may be made at once, no lock keeps them apart, and harm is done.</summary>
    public bool RacesWith(string one, string other) =>
        Races.Of(_type).Any(race => race.All.Any(a => IsAt(a, one)) && race.All.Any(a => IsAt(a, other)));

    private static bool IsAt(Access access, string code) => access.At.Syntax.Parent!.ToString() == code;

    private Access At(string probe) => TypeAccesses.Of(_type).Functions.SelectMany(static f => f.Accesses).Single(a => a.At.Syntax.ToString() == probe);

    private static string Text(LockSet held) => held.IsUnknown ? "unknown" : string.Join(", ", held.Locks.Select(static l => l.Path.ToString()).Order());

#pragma warning disable RS1001 // Not for a driver to find: the test hands it over.
    private sealed class Asking(Action<TypeFacts> ask) : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ThreadwiseRules.Descriptors;

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterCompilationStartAction(start =>
            {
                var model = Model.For(start.Compilation, start.Options);
                start.RegisterSymbolStartAction(
                    symbol =>
                    {
                        var type = new TypeFacts((INamedTypeSymbol)symbol.Symbol, UnbalancedMembers.Helpers((INamedTypeSymbol)symbol.Symbol, model.Locks.Words));
                        symbol.RegisterOperationBlockAction(block =>
                        {
                            foreach (var root in block.OperationBlocks)
                            {
                                var body = BodyFacts.Collect(root, block.OwningSymbol, model, block.CancellationToken, type);
                                body.Keep(block.GetControlFlowGraph(root));
                                type.Add(body);
                                type.AddAny(body);
                            }
                        });
                        symbol.RegisterSymbolEndAction(end =>
                        {
                            if (end.Symbol.Name == "C")
                            {
                                ask(type);
                            }
                        });
                    },
                    SymbolKind.NamedType);
            });
        }
    }
}
