using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Options;

/// <summary>The locks that the user named by their pairs of methods, as symbols of one compilation.</summary>
/// <param name="pairs">The methods that acquire, and those that release what they acquired.</param>
/// <param name="words">The names of all of these methods.</param>
internal sealed class LockPairs(ImmutableArray<(MethodSet Acquire, MethodSet Release)> pairs, ImmutableArray<string> words)
{
    private readonly ImmutableArray<(MethodSet Acquire, MethodSet Release)> _pairs = pairs;

    /// <summary>The names of the methods, by which a file or member is found to be of interest; empty where the compilation knows none of them.</summary>
    public ImmutableArray<string> Words { get; } = words;

    /// <summary>The number of the pair that <paramref name="method"/> belongs to, from 1, and whether it is the acquire; null for any other method.</summary>
    public (int Pair, bool IsAcquire)? Of(IMethodSymbol method)
    {
        for (var i = 0; i < _pairs.Length; i++)
        {
            if (_pairs[i].Acquire.Contains(method) || _pairs[i].Release.Contains(method))
            {
                return (i + 1, _pairs[i].Acquire.Contains(method));
            }
        }

        return null;
    }
}
