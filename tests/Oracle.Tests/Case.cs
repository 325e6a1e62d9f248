namespace Threadwise.Oracle.Tests;

/// <summary>A program for the oracle.</summary>
/// <param name="Name">Its name, and that of its assembly.</param>
/// <param name="Id">The rule that reports it, or would if it were guilty.</param>
/// <param name="Code">Types, without <c>Scenario</c>.</param>
/// <param name="Play">The body of <c>Scenario.PlayAsync</c>: runs the types and calls <c>Is(expected, actual)</c> with the results.</param>
public sealed record Case(string Name, string Id, string Code, string Play)
{
    public override string ToString() => Name;
}
