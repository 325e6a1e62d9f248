using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules;

/// <summary>
/// One cause, one report: where two rules fit one cause, the more specific one speaks. The table holds pairs
/// (who speaks, who is silent); it has no cycle, and a test shows each pair that can meet.
/// </summary>
internal static class Precedence
{
    public static ImmutableArray<(string Speaks, string Silent)> Pairs { get; } = ImmutableArray.Create(
        ("TW1005", "TW1001"),
        ("TW1005", "TW1007"),
        ("TW1006", "TW1002"),
        ("TW1013", "TW1014"),
        ("TW1014", "TW1002"),
        ("TW1015", "TW3001"),
        ("TW1015", "TW3003"),
        ("TW1016", "TW1014"),
        ("TW1016", "TW4003"),
        ("TW1009", "TW1002"),
        ("TW1002", "TW1003"),
        ("TW1002", "TW7006"),
        ("TW4003", "TW1003"),
        ("TW4003", "TW4005"),
        ("TW4005", "TW1002"),
        ("TW4005", "TW7006"),
        ("TW1009", "TW6008"),
        ("TW1010", "TW2206"),
        ("TW1011", "TW3015"),
        ("TW1011", "TW3001"),
        ("TW1004", "TW6001"),
        ("TW6001", "TW6003"),
        ("TW6008", "TW6002"),
        ("TW2006", "TW2003"),
        ("TW2003", "TW2013"),
        ("TW2002", "TW2001"),
        ("TW2001", "TW2012"),
        ("TW2007", "TW2012"),
        ("TW2004", "TW2001"),
        ("TW2004", "TW2002"),
        ("TW2004", "TW2003"),
        ("TW2008", "TW2001"),
        ("TW5013", "TW2001"),
        ("TW2103", "TW2101"),
        ("TW2101", "TW2108"),
        ("TW2102", "TW2109"),
        ("TW2109", "TW2107"),
        ("TW2104", "TW3002"),
        ("TW3003", "TW3011"),
        ("TW3011", "TW3005"),
        ("TW3005", "TW3009"),
        ("TW3009", "TW3007"),
        ("TW3007", "TW3001"),
        ("TW3001", "TW3002"),
        ("TW3001", "TW3014"),
        ("TW3014", "TW3002"),
        ("TW3006", "TW3015"),
        ("TW3002", "TW3018"),
        ("TW3001", "TW7001"),
        ("TW3005", "TW7002"),
        ("TW4001", "TW4002"),
        ("TW4004", "TW4011"),
        ("TW5002", "TW5001"),
        ("TW5003", "TW5015"),
        ("TW4010", "TW4011"),
        ("TW5004", "TW5011"),
        ("TW5010", "TW5001"),
        ("TW5012", "TW5011"),
        ("TW5011", "TW5001"),
        ("TW5008", "TW5014"),
        ("TW5009", "TW5006"),
        ("TW6003", "TW5001"));

    /// <summary>Rules of the SDK that say what one of ours says: where the user has switched such a one on, ours is silent.</summary>
    public static ImmutableArray<(SdkRule Speaks, string Silent)> Sdk { get; } = ImmutableArray.Create(
        (new SdkRule("IDE0330", "csharp_prefer_system_threading_lock"), "TW2107"));

    /// <summary>
    /// The findings that speak. A rule for which <paramref name="isOn"/> is false gives way to the next one; a rule silenced by
    /// <c>#pragma</c> or <c>[SuppressMessage]</c> does not, because the user then judged the cause and not the rule.
    /// </summary>
    public static List<Finding> Resolve(IReadOnlyList<Finding> findings, Func<Finding, bool> isOn)
    {
        var kept = new List<Finding>(findings.Count);
        foreach (var finding in findings)
        {
            if (!findings.Any(other => other.Cause == finding.Cause && SpeaksBefore(other.Descriptor.Id, finding.Descriptor.Id) && isOn(other)))
            {
                kept.Add(finding);
            }
        }

        return kept;
    }

    /// <summary>The pairs are followed through: what is silent before one that is silent before a third is silent before it too.</summary>
    private static bool SpeaksBefore(string speaks, string silent) =>
        Pairs.Any(pair => pair.Speaks == speaks && (pair.Silent == silent || SpeaksBefore(pair.Silent, silent)));
}
