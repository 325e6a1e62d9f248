using System;

namespace Threadwise.Claims.Tests;

/// <summary>How a run of a scene ends.</summary>
/// <param name="IsHung">It goes no further: it has not ended, prints nothing and uses no processor.</param>
/// <param name="Exception">The type of the exception that ended it, if one did.</param>
public sealed record Ending(bool IsHung, Type? Exception)
{
    public static Ending Hangs { get; } = new(true, null);

    public static Ending Well { get; } = new(false, null);

    public static Ending Throws<TException>()
        where TException : Exception => new(false, typeof(TException));

    /// <summary>Whether <paramref name="seen"/> is what this says: an exception may be of a derived type.</summary>
    public bool Covers(Ending seen) =>
        IsHung == seen.IsHung && (Exception is null ? seen.Exception is null : seen.Exception?.IsAssignableTo(Exception) == true);

    public override string ToString() => IsHung ? "hangs" : Exception is null ? "ends well" : $"throws {Exception}";
}

/// <summary>What a wrong block of a page does when it is run.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Block">Which of the page's wrong blocks, from one; the right block of the same number is its repair.</param>
/// <param name="Claim">How the wrong block ends. The right one ends well.</param>
/// <param name="Act">Statements that use the block's types; <c>Stage/Stage.cs</c> is there to help.</param>
public sealed record Scene(string Id, int Block, Ending Claim, string Act)
{
    /// <summary>Numbers of the page that are too large for a test, and what stands for them in both blocks.</summary>
    public (string OnPage, string OnStage)[] Instead { get; init; } = [];

    /// <summary>A command that the block starts by name, and the role that the child plays.</summary>
    public (string Command, string Role)? Command { get; init; }

    public override string ToString() => $"{Id}, block {Block}";
}

/// <summary>A wrong block of a family that is run here, without a scene.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Block">Which of the page's wrong blocks, from one.</param>
/// <param name="Reason">Why: the page claims neither a hang nor an exception, or what it takes to show it.</param>
public sealed record NotShown(string Id, int Block, string Reason);
