using System.Collections.Immutable;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A report that is there before a transformation or after it, but not both times.</summary>
/// <param name="Snippet">The snippet's name.</param>
/// <param name="Transformation">The transformation's name.</param>
/// <param name="Rule">The id.</param>
/// <param name="IsLost">Whether the report was there before.</param>
/// <param name="Line">The reported line: of the snippet when lost, of the transformed text when new.</param>
/// <param name="Text">The transformed text.</param>
internal sealed record Difference(string Snippet, string Transformation, string Rule, bool IsLost, string Line, string Text)
{
    public override string ToString() => $"{Transformation}: {Snippet}: {Rule} {(IsLost ? "is lost" : "is new")} at: {Line}";
}

/// <summary>What one transformation did.</summary>
/// <param name="Transformation">The transformation.</param>
/// <param name="Compared">The snippets that it changed and that compiled.</param>
/// <param name="NotCompiling">The snippets that it changed into something that does not compile; they are not compared.</param>
/// <param name="OptedOut">The differences that <see cref="OptOut"/> allows.</param>
/// <param name="Known">The differences that <see cref="KnownDifference"/> lists.</param>
/// <param name="Differences">The others.</param>
internal sealed record TransformationResult(
    Transformation Transformation, int Compared, int NotCompiling, int OptedOut, int Known, ImmutableArray<Difference> Differences);

/// <summary>What a run of the metamorphic harness found.</summary>
/// <param name="Snippets">The snippets that were looked at.</param>
/// <param name="NotCompiling">Those that do not compile by themselves, because their test adds a file or expects errors.</param>
/// <param name="Unlike">Those that are reported otherwise than their mark says, merely by standing in a namespace beside others.</param>
/// <param name="Transformations">By transformation.</param>
/// <param name="NotMet">The known differences that did not come up.</param>
/// <param name="Crashes">Exceptions of analyzers.</param>
internal sealed record MetamorphicResult(
    int Snippets,
    ImmutableArray<string> NotCompiling,
    ImmutableArray<string> Unlike,
    ImmutableArray<TransformationResult> Transformations,
    ImmutableArray<KnownDifference> NotMet,
    ImmutableArray<string> Crashes);
