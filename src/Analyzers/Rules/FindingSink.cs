using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules;

/// <summary>
/// Collects the findings of one body or type and reports what is left after precedence, in source order and
/// each once. Used by one callback at a time; it is not shared between threads.
/// </summary>
internal sealed class FindingSink
{
    private readonly List<Finding> _findings = [];

    /// <summary>Adds a finding without edit facts.</summary>
    public void Add(Rule rule, Location location, Cause cause, params object?[] arguments) =>
        Add(new Finding(rule.Descriptor, location, cause, ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create(arguments)));

    public void Add(Finding finding) => _findings.Add(finding);

    /// <summary>Takes away what was found in the parts of the body that are there to be seen failing.</summary>
    public void LeaveOutAsserted(BodyFacts body)
    {
        // The body is looked at only for what was found in it.
        if (_findings.Exists(IsWithin) && AssertedFailures.In(body) is { IsEmpty: false } asserted)
        {
            _findings.RemoveAll(finding => IsWithin(finding) && asserted.Any(span => span.Contains(finding.Location.SourceSpan)));
        }

        bool IsWithin(Finding finding) => finding.Location.SourceTree == body.Root.Syntax.SyntaxTree && body.Root.Syntax.Span.Contains(finding.Location.SourceSpan);
    }

    /// <summary>Reports the findings through <paramref name="report"/>, which is called with no lock held.</summary>
    public void Flush(Compilation compilation, AnalyzerOptions options, Func<SyntaxTree?, bool> isGenerated, Action<Diagnostic> report)
    {
        if (_findings.Count == 0)
        {
            return;
        }

        var severity = new EffectiveSeverity(compilation, options);
        var kept = Precedence.Resolve(_findings, finding => !severity.IsOff(finding.Descriptor, finding.Location.SourceTree));
        kept.Sort(static (a, b) => Compare(a, b));
        Finding? previous = null;
        foreach (var finding in kept)
        {
            var isRepeat = previous is not null && Compare(previous, finding) == 0;
            previous = finding;
            if (!isRepeat && !IsSaidBySdk(finding, severity) && !(isGenerated(finding.Location.SourceTree) && !IsMapped(finding.Location)) && !MemberSuppression.Covers(finding))
            {
                report(finding.ToDiagnostic());
            }
        }

        _findings.Clear();
    }

    private static bool IsSaidBySdk(Finding finding, EffectiveSeverity severity) => Precedence.Sdk.Any(pair =>
        pair.Silent == finding.Descriptor.Id && finding.Location.SourceTree is { } tree && severity.IsSwitchedOn(pair.Speaks, tree));

    /// <summary>Generated code is never reported, save where a <c>#line</c> maps it to a source the user wrote (Razor).</summary>
    private static bool IsMapped(Location location) => location.GetMappedLineSpan() is { HasMappedPath: true };

    private static int Compare(Finding a, Finding b)
    {
        var order = string.CompareOrdinal(a.Location.SourceTree?.FilePath, b.Location.SourceTree?.FilePath);
        order = order != 0 ? order : a.Location.SourceSpan.CompareTo(b.Location.SourceSpan);
        return order != 0 ? order : string.CompareOrdinal(a.Descriptor.Id, b.Descriptor.Id);
    }
}
