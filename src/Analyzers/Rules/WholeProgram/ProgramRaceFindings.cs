using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Program;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;

namespace Threadwise.Analyzers.Rules.WholeProgram;

/// <summary>The report of a race that the whole compilation shows: both sides, what starts the threads, and the interleaving that goes wrong.</summary>
internal static class ProgramRaceFindings
{
    /// <param name="race">The race.</param>
    /// <param name="descriptor">The rule's descriptor.</param>
    /// <param name="edit">The edit that repairs it where all accesses of the variable stand in one file.</param>
    /// <param name="program">The program.</param>
    public static Finding Of(ProgramRace race, DiagnosticDescriptor descriptor, string edit, ProgramFacts program)
    {
        var first = SyntaxOf(race.First, program);
        var second = SyntaxOf(race.Second, program);
        var fork = race.Starts[0];
        var start = fork.In.SyntaxOf(fork.At, program.Cancellation);
        var others = race.All.Where(s => s.In.Body.Tree == first.SyntaxTree && s.Step.Span != race.First.Step.Span).Select(s => SyntaxOf(s, program).GetLocation()).Distinct().ToImmutableArray();
        var data = ImmutableDictionary<string, string?>.Empty
            .Add(FixProperties.Accesses, others.Length.ToString(CultureInfo.InvariantCulture))
            .Add(Interleaving.Key, race.Kind == RaceKind.LostUpdate
                ? Interleaving.OfUpdate(race.First.Step.Access, LineNumber.Of(first), race.Second.Step.Access, LineNumber.Of(second))
                : Interleaving.OfCollection(LineNumber.Of(first), race.Second.Step.Access, LineNumber.Of(second)));
        // A helper that is given the collection has no lock of whoever holds it.
        if (race.All.Contains(race.First) && race.All.All(s => s.In.Body.Tree == first.SyntaxTree))
        {
            data = data.Add(FixProperties.Edit, edit);
        }

        return new Finding(
            descriptor, first.GetLocation(), new Cause(first.Span),
            others.AddRange(race.All.Where(s => s.In.Body.Tree != first.SyntaxTree).Select(s => SyntaxOf(s, program).GetLocation()).Distinct())
                .AddRange(race.Starts.Select(f => CallLocation.Of(f.In.SyntaxOf(f.At, program.Cancellation)))),
            data, race.Variable,
            ImmutableArray.Create<object?>($"{race.Variable.ContainingType.Name}.{race.Variable.Name}", NameOf(fork.In), LineNumber.Of(start), NameOf(race.Second.In)));
    }

    /// <summary>The type and member of a function.</summary>
    public static string NameOf(FunctionSummary function) => function.Body.Owner is { ContainingType: { } type } member ? $"{type.Name}.{(member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name : member.Name)}" : function.Body.Owner.Name;

    private static SyntaxNode SyntaxOf(Site site, ProgramFacts program) => site.In.SyntaxOf(site.Step.Span, program.Cancellation);
}
