using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// A list of methods by documentation-comment id, parted by <c>|</c> because a parameter list holds commas. Lists add up: the default,
/// every section and every configuration file, so that a folder's settings never take away what the project's say.
/// </summary>
internal sealed class MethodListOption(string name, string meaning, ImmutableArray<string> defaults) : OptionDefinition(name, meaning)
{
    /// <summary>The value by which <c>.editorconfig</c> takes back a setting of a wider section.</summary>
    private const string Unset = "unset";

    public override string Kind => "list of methods and types, parted by `|`";

    public override string Default { get; } = string.Join("|", defaults);

    public override string AllowedText => "Option_MethodList";

    public override ImmutableArray<string> Unreadable(string value)
    {
        var unreadable = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in Entries(value))
        {
            if (MethodId.Parse(entry) is null)
            {
                unreadable.Add(entry);
            }
        }

        return unreadable.ToImmutable();
    }

    /// <summary>The methods that the default and <paramref name="values"/> name in <paramref name="compilation"/>.</summary>
    public MethodSet Resolve(IEnumerable<string> values, Compilation compilation)
    {
        var methods = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var entry in defaults)
        {
            MethodId.Parse(entry)?.AddTo(methods, compilation);
        }

        foreach (var value in values)
        {
            foreach (var entry in Entries(value))
            {
                MethodId.Parse(entry)?.AddTo(methods, compilation);
            }
        }

        return new MethodSet(methods);
    }

    /// <summary>The entries of a list, one that was taken back left out.</summary>
    public static IEnumerable<string> Entries(string value)
    {
        foreach (var part in value.Split('|'))
        {
            var entry = part.Trim();
            if (entry.Length > 0 && !string.Equals(entry, Unset, StringComparison.OrdinalIgnoreCase))
            {
                yield return entry;
            }
        }
    }
}
