using System.Collections.Immutable;

namespace Threadwise.Corpus;

/// <summary>What the user asked for; paths are absolute.</summary>
internal sealed record Request
{
    /// <summary>A project, solution or folder.</summary>
    public required string Path { get; init; }

    /// <summary>Read sources without building.</summary>
    public bool Sources { get; init; }

    /// <summary>A package to use instead of a freshly packed one.</summary>
    public string? Package { get; init; }

    /// <summary>The folder that places are relative to; by default the repository around the path.</summary>
    public string? Root { get; init; }

    public string? Repository { get; init; }

    public string? Commit { get; init; }

    /// <summary><c>Name=Value</c> pairs for the build.</summary>
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>Only these ids; empty for all.</summary>
    public ImmutableHashSet<string> Ids { get; init; } = [];

    public bool Messages { get; init; }

    public string? Labels { get; init; }

    public bool WriteLabels { get; init; }

    public bool FailOnUnlabelled { get; init; }

    public bool Fixes { get; init; }

    /// <summary>Where <see cref="Fixes"/> puts the repaired sources; null for nowhere.</summary>
    public string? Write { get; init; }
}
