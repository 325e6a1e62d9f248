using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// What one report is about, so that two rules that fit one cause can be told apart from two rules that
/// found two things. Two findings of one body compete only when their causes are equal.
/// </summary>
/// <param name="Span">The code that is the cause (an acquire, a fork, a field's declaration).</param>
internal readonly record struct Cause(TextSpan Span);

/// <summary>One decision of one rule, before precedence, suppression and generated code are looked at.</summary>
/// <param name="Descriptor">The rule's descriptor.</param>
/// <param name="Location">Where the reader must act; lies in the tree under analysis.</param>
/// <param name="Cause">What competes with other findings.</param>
/// <param name="Others">The rest of the story: the other access, the release, the forks.</param>
/// <param name="FixData">Edit facts for the fix, by <see cref="FixProperties"/> key.</param>
/// <param name="Subject">The field or property a state rule is about: <c>[SuppressMessage]</c> on it silences the report.</param>
/// <param name="Arguments">What the message names.</param>
internal sealed record Finding(
    DiagnosticDescriptor Descriptor,
    Location Location,
    Cause Cause,
    ImmutableArray<Location> Others,
    ImmutableDictionary<string, string?> FixData,
    ISymbol? Subject,
    ImmutableArray<object?> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, Others, FixData, Arguments.ToArray());
}
