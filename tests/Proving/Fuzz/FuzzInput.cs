using System;
using System.Collections.Generic;
using System.Linq;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Fuzz;

/// <summary>A damaged snippet.</summary>
/// <param name="Number">Its place in the sequence that the seed begins.</param>
/// <param name="Snippet">What it was made of.</param>
/// <param name="Text">The text.</param>
internal sealed record FuzzInput(int Number, Snippet Snippet, string Text)
{
    /// <summary>The inputs of a seed. Each has a source of chance of its own, so that a longer run begins as a shorter one does.</summary>
    public static IEnumerable<FuzzInput> Of(IReadOnlyList<Snippet> snippets, int seed, int count) => Enumerable.Range(0, count).Select(number =>
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var snippet = snippets[chance.Next(snippets.Count)];
        return new FuzzInput(number, snippet, TextDamage.Apply(snippet.Code, chance));
    });

    public override string ToString() => $"input {Number} of {Snippet.Name}";
}
