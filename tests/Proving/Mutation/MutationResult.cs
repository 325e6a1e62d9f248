using System.Collections.Immutable;

namespace Threadwise.Proving.Mutation;

/// <summary>What became of the mutants of one operator.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Rule">The rule that should see them.</param>
/// <param name="Places">The places where the operator can break the code.</param>
/// <param name="NotCompiling">The mutants tried that do not compile.</param>
/// <param name="Reported">Where those are that the rule reports, and did not report in the original, with all rules that do.</param>
/// <param name="Missed">Where the others are.</param>
internal sealed record OperatorResult(Operator Operator, string Rule, int Places, int NotCompiling, ImmutableArray<string> Reported, ImmutableArray<string> Missed)
{
    /// <summary>Stands for whichever rule it is.</summary>
    public const string AnyRule = "any";

    public int Seen => Reported.Length;

    public int Judged => Seen + Missed.Length;
}

/// <summary>What a run found.</summary>
/// <param name="Originals">The files that were broken.</param>
/// <param name="Reported">What is reported in them as they are.</param>
/// <param name="Operators">By operator and rule; operators none of whose rules exist are left out.</param>
/// <param name="NotBuilt">The operators with rules that do not exist yet.</param>
/// <param name="Crashes">Exceptions of analyzers.</param>
internal sealed record MutationResult(
    int Originals, ImmutableArray<string> Reported, ImmutableArray<OperatorResult> Operators, ImmutableArray<(Operator Operator, ImmutableArray<string> Ids)> NotBuilt, ImmutableArray<string> Crashes);
