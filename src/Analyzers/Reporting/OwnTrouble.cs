using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Options;

namespace Threadwise.Analyzers.Reporting;

/// <summary>Threadwise's own trouble, told to the user as a diagnostic and never as an exception.</summary>
internal static class OwnTrouble
{
    private static readonly string s_options = string.Join(", ", OptionDefinitions.All.Select(static option => option.Name));

    /// <summary>TW0001: a configuration value that cannot be understood. Configuration carries no position, so the report has none.</summary>
    public static DiagnosticDescriptor UnreadableOption { get; } =
        Descriptors.Create("TW0001", Category.Own, DiagnosticSeverity.Warning, true, WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>TW0002: a bound of the analysis was hit, so the flow rules said nothing about this member.</summary>
    public static DiagnosticDescriptor MemberNotJudged { get; } = Descriptors.Create("TW0002", Category.Own, DiagnosticSeverity.Hidden);

    /// <summary>The report of <paramref name="option"/>: key, value, what is allowed.</summary>
    public static Diagnostic Unreadable(UnreadableOption option) => Diagnostic.Create(
        UnreadableOption, Location.None, option.Key, option.Value, Descriptors.Text(option.AllowedText, s_options));

    /// <summary>The report that <paramref name="member"/>, whose body is <paramref name="root"/>, was left unjudged.</summary>
    public static Finding NotJudged(ISymbol member, IOperation root)
    {
        var place = member.Locations.FirstOrDefault(l => l.SourceTree == root.Syntax.SyntaxTree) ?? root.Syntax.GetLocation();
        return new Finding(
            MemberNotJudged, place, new Cause(root.Syntax.Span), ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null,
            ImmutableArray.Create<object?>(member.Name));
    }
}
