using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A rule that may answer differently after a transformation, and why that is right.</summary>
internal sealed record OptOut(string Rule, string Transformation, string Reason)
{
    private const string Helpers = "an acquire or a release in a helper is followed in part only: a report moves to the call of the helper, or falls silent";
    private const string Forks = "a start, its join and the read of a result are followed from one body into those it calls, and not out of a helper into its caller";
    private const string Scopes = "a helper that does no more than open a scope leaves it to its caller, and a scope that a helper returns is not followed";
    private const string OneShape = "it suggests a shorter text for one written shape, and what comes out is another shape";
    private const string Followed = "values and construction are not followed through helpers: a report falls silent, or a helper of a deserializer's callback counts as any method";
    private const string FirstChange = "the one report for a field stands at its first change, which is another one then";
    private const string First = "the one report for an object stands at its first lock, which is another one then";

    public static ImmutableArray<OptOut> All { get; } =
    [
        new("TW1001", "statements to helpers", Forks),
        new("TW1002", "statements to helpers", Forks),
        new("TW1003", "statements to helpers", Forks),
        new("TW1003", "body to helper", "a body that loops until it is stopped is told two calls deep, and the transformation puts the loop one deeper; an async one is told by TW1009, which speaks before it"),
        new("TW1004", "statements to helpers", Forks),
        new("TW1005", "statements to helpers", Forks),
        new("TW1006", "statements to helpers", Forks),
        new("TW1007", "statements to helpers", Forks),
        new("TW1008", "statements to helpers", "the call that drops the value is looked for in the body itself"),
        new("TW1010", "statements to helpers", Forks),
        new("TW1010", "body to helper", "the report stands at the wait in the body, or at the body's call of a helper that waits"),
        new("TW1011", "statements to helpers", Forks),
        new("TW1011", "body to helper", "what the constructor does is in a helper then, which is not followed"),
        new("TW1012", "statements to helpers", Forks),
        new("TW1013", "statements to helpers", Forks),
        new("TW1014", "statements to helpers", Forks),
        new("TW1015", "statements to helpers", "what keeps ticks apart is looked for in the callback and in what it calls, and the pause in the callback itself"),
        new("TW1016", "statements to helpers", Forks),
        new("TW1017", "statements to helpers", Forks),
        new("TW1017", "body to helper", "the loop of a body is looked for two calls deep, and the transformation puts it one deeper"),
        new("TW2001", "statements to helpers", Helpers),
        new("TW2002", "statements to helpers", Helpers),
        new("TW2002", "reorder members", First),
        new("TW2002", "partial parts", First),
        new("TW2003", "statements to helpers", Helpers),
        new("TW2004", "statements to helpers", Helpers),
        new("TW2005", "statements to helpers", Helpers),
        new("TW2006", "statements to helpers", Helpers),
        new("TW2007", "statements to helpers", Helpers),
        new("TW2008", "statements to helpers", Scopes),
        new("TW2011", "statements to helpers", Helpers),
        new("TW2012", "statements to helpers", Helpers),
        new("TW2013", "statements to helpers", Helpers),
        new("TW2009", "statements to helpers", OneShape),
        new("TW2010", "statements to helpers", OneShape),
        new("TW2009", "invert if", OneShape),
        new("TW2010", "invert if", OneShape),
        new("TW2104", "statements to helpers", Helpers),
        new("TW2104", "reorder members", FirstChange),
        new("TW2104", "partial parts", FirstChange),
        new("TW2101", "body to helper", Followed),
        new("TW2101", "statements to helpers", Followed),
        new("TW2103", "statements to helpers", Followed),
        new("TW2101", "reorder members", First),
        new("TW2108", "reorder members", First),
        new("TW2108", "partial parts", First),
        new("TW2108", "rename", "a member named SyncRoot is a contract of the framework; under another name it is none"),
        new("TW1003", "rename", "TW1016 speaks before it where it knows the framework of a test by its names"),
        new("TW1008", "body to helper", "the result is then that of the helper, or of nobody"),
        new("TW1016", "rename", "the attributes and checks of test frameworks are known by their names"),
        new("TW1016", "body to helper", "in a test that starts nothing itself its helpers are not looked at"),
        new("TW4011", "body to helper", "the signal is looked for as deep as calls are followed, and the transformation puts it one deeper"),
        new("TW5003", "invert if", "of two branches the one that stands first is reported"),
        new("TW5004", "invert if", "of two branches the one that stands first is reported"),
        new("TW3001", "statements to helpers", Forks),
        new("TW3002", "statements to helpers", Helpers),
        new("TW3002", "reorder members", FirstChange),
        new("TW3002", "partial parts", FirstChange),
        new("TW3003", "statements to helpers", Helpers),
        new("TW3003", "reorder members", FirstChange),
        new("TW3003", "partial parts", FirstChange),
        new("TW3003", "body to helper", FirstChange),
        new("TW3005", "statements to helpers", Forks),
        new("TW3006", "statements to helpers", "what is tested, locked and set is told by its shape in one body"),
        new("TW3006", "invert if", "the test is told by its shape, and the inverted one is another"),
        new("TW3007", "statements to helpers", Forks),
        new("TW3009", "statements to helpers", Forks),
        new("TW3011", "statements to helpers", Forks),
        new("TW3004", "statements to helpers", "the check and the act behind it are in two helpers then"),
        new("TW3015", "statements to helpers", "the store and the filling behind it are in two helpers then"),
        new("TW3014", "statements to helpers", "the test and the read behind it are in two helpers then, and each reads once"),
        new("TW4001", "statements to helpers", Forks),
        new("TW4003", "statements to helpers", Forks),
        new("TW4004", "statements to helpers", Forks),
        new("TW4005", "statements to helpers", Forks),
        new("TW4006", "statements to helpers", "the report stands at the call of the helper that puts something in, and a method of nothing but helpers is not looked at"),
        new("TW4006", "body to helper", "that a test expects the exception is said at the method, and a helper of it does not say so"),
        new("TW4007", "invert if", "a branch on an empty queue is read in the one order in which it is written"),
        new("TW4007", "statements to helpers", "a loop whose looks and pauses are in helpers is taken to do more than poll"),
        new("TW4010", "statements to helpers", Forks),
        new("TW4011", "statements to helpers", Forks),
        new("TW6001", "statements to helpers", Forks),
        new("TW5011", "statements to helpers", "a process that a helper starts or sets up is not followed"),
        new("TW5012", "statements to helpers", "the report stands at the call of the helper that adds or begins"),
        new("TW5002", "statements to helpers", "the report stands at the call of the helper that reads, and a wait in a helper is taken for a certain one"),
        new("TW5004", "statements to helpers", "the report stands at the call of the helper that uses the stream, and a process that a helper starts or sets up is not followed"),
        new("TW5003", "statements to helpers", "the report stands at the call of the helper that waits or reads"),
        new("TW5013", "statements to helpers", Helpers),
        new("TW5015", "statements to helpers", "the report stands at the call of the helper that writes, and reads in helpers are not told apart from the statements around them"),
        new("TW6003", "statements to helpers", Forks),
        new("TW6006", "statements to helpers", "a lock in a helper of a parallel loop's body is not followed"),
        new("TW6002", "statements to helpers", "the one report for a piece of work stands at its first wait, or at the call that leads there"),
        new("TW6002", "body to helper", "the report stands at the call of the helper then"),
        new("TW6008", "statements to helpers", Forks),
        new("TW6008", "body to helper", "the loop of a body is looked for two calls deep, and the transformation puts it one deeper"),
        new("TW3013", "statements to helpers", "the report is about a call and a read behind it in one body; the transformation parts them"),
    ];

    public static bool Has(string rule, Transformation transformation) =>
        All.Any(entry => entry.Rule == rule && entry.Transformation == transformation.Name);
}
