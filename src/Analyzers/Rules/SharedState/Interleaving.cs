using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// The steps of two threads that go wrong, for the properties of a report: one step a line, each <c>number|thread|line of the source|what it does</c>, with the threads called A and B. The words are
/// part of the format and not translated: tools read them.
/// </summary>
internal static class Interleaving
{
    /// <summary>The property's key.</summary>
    public const string Key = "interleaving";

    /// <summary>Both read one value, so that one of two updates is lost.</summary>
    public static string OfUpdate(Race race) => OfUpdate(race.First.Kind, LineNumber.Of(race.First.At.Syntax), race.Second.Kind, LineNumber.Of(race.Second.At.Syntax));

    /// <summary>The same by the kinds of both accesses and the lines they stand in.</summary>
    public static string OfUpdate(AccessKind first, string a, AccessKind second, string b)
    {
        return first == AccessKind.Update
            ? second == AccessKind.Update ? Steps(("A", a, "reads"), ("B", b, "reads"), ("A", a, "writes"), ("B", b, "writes: A's update is lost"))
                : Steps(("A", a, "reads"), ("B", b, "writes"), ("A", a, "writes: B's value is lost"))
            : Steps(("B", b, "reads"), ("A", a, "writes"), ("B", b, "writes: A's value is lost"));
    }

    /// <summary>One is in the middle of a change.</summary>
    public static string OfCollection(Race race) => OfCollection(LineNumber.Of(race.First.At.Syntax), race.Second.Kind, LineNumber.Of(race.Second.At.Syntax));

    /// <summary>The same by what the second access does and the lines both stand in.</summary>
    public static string OfCollection(string a, AccessKind second, string b)
    {
        return Steps(("A", a, "begins to change the collection"), ("B", b, second == AccessKind.Change ? "changes it from the half-made state" : "reads the half-made state"), ("A", a, "ends its change"));
    }

    /// <summary>One is in the middle of a call.</summary>
    public static string OfInstance(Race race) => Steps(
        ("A", LineNumber.Of(race.First.At.Syntax), "begins to change what the object keeps between calls"), ("B", LineNumber.Of(race.Second.At.Syntax), "changes it from the half-made state"),
        ("A", LineNumber.Of(race.First.At.Syntax), "ends its call with a result of both"));

    /// <summary>One is in the middle of a copy.</summary>
    public static string OfTorn(Race race)
    {
        var (a, b) = (LineNumber.Of(race.First.At.Syntax), LineNumber.Of(race.Second.At.Syntax));
        return race.Second.Changes
            ? Steps(("A", a, "writes a part of its value"), ("B", b, "writes its value"), ("A", a, "writes the rest: parts of both stay"))
            : Steps(("A", a, "writes a part of the new value"), ("B", b, "reads that part and the rest of the old value"), ("A", a, "writes the rest"));
    }

    private static string Steps(params (string Thread, string Line, string What)[] steps) =>
        string.Join("\n", steps.Select(static (s, i) => $"{(i + 1).ToString(CultureInfo.InvariantCulture)}|{s.Thread}|{s.Line}|{s.What}"));
}
