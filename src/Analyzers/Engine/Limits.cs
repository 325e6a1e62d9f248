namespace Threadwise.Analyzers.Engine;

/// <summary>
/// Every bound of the analysis. When one is hit the answer is "unknown": the flow rules are silent about that body and TW0002 says so.
/// </summary>
internal static class Limits
{
    /// <summary>Nodes of one flow graph. A finally is copied for each way into it, so nested ones multiply; 4,000 is about forty times the largest body seen in ten large open-source libraries.</summary>
    public const int FlowNodes = 4_000;

    /// <summary>Visits of all nodes of one graph together, so that a body costs milliseconds at the worst.</summary>
    public const int FlowVisits = 20_000;

    /// <summary>Path states kept apart at one point. Correct lock code needs two to six; what needs more is not read by people either.</summary>
    public const int PathsPerPoint = 24;

    /// <summary>Locks followed in one body: four bits each in one word.</summary>
    public const int LocksPerBody = 16;

    /// <summary>Boolean facts followed in one body: one bit each in one word. A body with more distinct conditions is not judged: the flag left out might be the one that guards a release.</summary>
    public const int FactsPerBody = 32;

    /// <summary>Nesting of one expression that a recursive walk follows: concatenations of thousands of parts exist in generated code, and the stack is small.</summary>
    public const int ExpressionDepth = 250;

    /// <summary>Nested acquires of one lock that are counted. A loop that leaves the lock held would else fill the paths of every point behind it.</summary>
    public const int NestedAcquires = 4;

    /// <summary>Acquires and releases told apart in one body.</summary>
    public const int LockSitesPerBody = 250;

    /// <summary>Locals that one nested task is followed through. Each costs a pass over the body; real code copies once or twice.</summary>
    public const int NestedTaskLocals = 8;

    /// <summary>Calls within a file that are followed from a forked body or from the code after a fork, one inside the other.</summary>
    public const int CallDepth = 6;

    /// <summary>Calls within a file that are followed from one body, by all rules together. A body that needs more is made of calls of calls that multiply; from there on a call is as unknown as one into another file.</summary>
    public const int CallsFollowed = 2_000;

    /// <summary>Steps through calls that one search in the build world takes. Calls of calls multiply, and each may be followed again with other arguments; a search that needs more is given up.</summary>
    public const int StepsOfSearch = 4_000;

    /// <summary>Rounds of a loop below which it is not taken for a load on the processor.</summary>
    public const int ShortLoop = 1_000;

    /// <summary>Results of one forked body that are looked for. One that is read too early is enough for a report.</summary>
    public const int ResultsOfFork = 32;

    /// <summary>Sets of locks that one function of a forked body is looked at under. Most have one.</summary>
    public const int WaysIntoFunction = 4;
}
