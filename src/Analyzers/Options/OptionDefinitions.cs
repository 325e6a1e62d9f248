using System.Collections.Immutable;

namespace Threadwise.Analyzers.Options;

/// <summary>Every option there is. The table of <c>docs/configuration.md</c> is made from this list.</summary>
internal static class OptionDefinitions
{
    /// <summary>Loggers take care not to throw at their callers; whoever locks around a log line does not expect it to leave the method.</summary>
    public static MethodListOption NonThrowingMethods { get; } = new(
        OptionDefinition.Prefix + "nonthrowing_methods",
        "Methods that are taken never to throw, so that a call of one beside an acquire opens no path on which the lock is not held (TW2003, TW2013), and one under a lock none on which it stays held (TW2012). Logging is in the default, to which the list adds.",
        ImmutableArray.Create(
            "T:System.Diagnostics.Debug",
            "T:System.Diagnostics.Trace",
            "T:System.Console",
            "T:Microsoft.Extensions.Logging.ILogger",
            "T:Microsoft.Extensions.Logging.LoggerExtensions",
            "T:Serilog.ILogger",
            "T:Serilog.Log",
            "T:NLog.ILogger",
            "T:NLog.Logger",
            "T:log4net.ILog"));

    /// <summary>Work whose code is out of sight: of a package, or of another file.</summary>
    public static MethodListOption CpuBoundMethods { get; } = new(
        OptionDefinition.Prefix + "cpu_bound_methods",
        "Methods that keep a processor busy for long and do nothing but compute, so that a thread which calls them is judged by that (TW6001). Methods in view need not be named; the list adds to the default.",
        ImmutableArray.Create("M:System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2"));

    public static LockPairOption LockPairs { get; } = new(
        OptionDefinition.Prefix + "lock_pairs",
        "Locks of your own or of a library: the method that acquires and the one that releases, both of the lock object, or static with the lock as their first argument. One that returns a boolean, or a task of one, may say no; one that returns a task holds the lock once that is awaited; one that takes a token may be cancelled. Rules on pairs follow them (TW2001, TW2003, TW2004, TW2012, TW2013).");

    public static ImmutableArray<OptionDefinition> All { get; } = ImmutableArray.Create<OptionDefinition>(
        CpuBoundMethods, LockPairs, NonThrowingMethods);
}
