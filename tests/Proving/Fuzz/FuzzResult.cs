using System.Collections.Immutable;

namespace Threadwise.Proving.Fuzz;

/// <summary>Something that must not happen to anybody who types.</summary>
/// <param name="Input">The input.</param>
/// <param name="What">What happened.</param>
internal sealed record FuzzFailure(FuzzInput Input, string What);

/// <summary>What a run found.</summary>
/// <param name="Inputs">The damaged texts that were analyzed.</param>
/// <param name="Compiling">Those that compile all the same.</param>
/// <param name="Reports">The reports in all of them.</param>
/// <param name="Fixes">The fixes that were offered and applied.</param>
/// <param name="Failures">What went wrong, in the order of the inputs.</param>
internal sealed record FuzzResult(int Inputs, int Compiling, int Reports, int Fixes, ImmutableArray<FuzzFailure> Failures);
