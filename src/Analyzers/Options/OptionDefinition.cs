using System.Collections.Immutable;

namespace Threadwise.Analyzers.Options;

/// <summary>One key of <c>.editorconfig</c> or <c>.globalconfig</c>: what it is called, what it takes, what it means.</summary>
/// <param name="name">The key, which starts with <see cref="Prefix"/>.</param>
/// <param name="meaning">What the option does, for the page of the options.</param>
internal abstract class OptionDefinition(string name, string meaning)
{
    /// <summary>What every key of ours starts with; a key that does and is no option is reported.</summary>
    public const string Prefix = "threadwise.";

    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    /// <summary>What a value looks like, for the page of the options.</summary>
    public abstract string Kind { get; }

    /// <summary>What holds where the key is not set, written as a value would be.</summary>
    public abstract string Default { get; }

    /// <summary>The resource that tells what is allowed.</summary>
    public abstract string AllowedText { get; }

    /// <summary>The parts of <paramref name="value"/> that cannot be understood; they are reported, the others hold.</summary>
    public abstract ImmutableArray<string> Unreadable(string value);
}
