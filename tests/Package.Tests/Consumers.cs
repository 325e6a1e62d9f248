using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Threadwise.Package.Tests;

/// <summary>A project that has nothing but the package and the SDK.</summary>
/// <param name="Name">Its name, folder and assembly.</param>
/// <param name="Frameworks">One target or several.</param>
/// <param name="Sources">The folder, seen from <c>Sources/</c>, that it compiles.</param>
public sealed record Consumer(string Name, string Frameworks, string Sources)
{
    /// <summary>Properties of the project file.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Properties that come after the SDK's own.</summary>
    public string LateProperties { get; init; } = "";

    public string EditorConfig { get; init; } = "";

    public string GlobalConfig { get; init; } = "";

    /// <summary>Only the sources that have a namesake in this folder.</summary>
    public string? Like { get; init; }

    /// <summary>Written as Windows editors write: a byte order mark, CR and LF.</summary>
    public bool IsWindowsText { get; init; }
}

/// <summary>Every consumer. One build serves all tests, so what a test looks at stands here.</summary>
public static class Consumers
{
    public const string Latest = "net10.0";

    public static Consumer TreatWarningsAsErrors { get; } =
        Guilty("TreatWarningsAsErrors") with { Properties = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>" };

    public static Consumer OneIdAsError { get; } = Guilty("OneIdAsError") with { Properties = "<WarningsAsErrors>$(WarningsAsErrors);TW2003</WarningsAsErrors>" };

    public static Consumer CategoryOff { get; } =
        Guilty("CategoryOff") with { EditorConfig = "dotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = none" };

    public static Consumer Default { get; } = Mode("Default", "Default");

    public static Consumer Strict { get; } = Mode("Strict", "Strict");

    public static Consumer Audit { get; } = Mode("Audit", "Audit");

    public static Consumer None { get; } = Mode("None", "None");

    public static Consumer OddlyWrittenNone { get; } = Mode("OddlyWrittenNone", " nONE ");

    public static Consumer UnknownMode { get; } = Mode("UnknownMode", "Paranoid");

    public static Consumer StrictButUserCategory { get; } =
        Mode("StrictButUserCategory", "Strict") with { EditorConfig = "dotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = suggestion" };

    public static Consumer StrictButUserId { get; } = Mode("StrictButUserId", "Strict") with { EditorConfig = "dotnet_diagnostic.TW2013.severity = none" };

    public static Consumer StrictButUserGlobal { get; } = Mode("StrictButUserGlobal", "Strict") with
    {
        GlobalConfig = "is_global = true\ndotnet_analyzer_diagnostic.category-ThreadwiseLocks.severity = error",
    };

    public static Consumer NoneButUserId { get; } = Mode("NoneButUserId", "None") with { EditorConfig = "dotnet_diagnostic.TW2007.severity = warning" };

    public static Consumer MalformedOption { get; } = Guilty("MalformedOption") with { EditorConfig = "threadwise.no_such_option = perhaps" };

    public static Consumer Chinese { get; } = Guilty("Chinese") with { Properties = "<PreferredUILang>zh-Hans</PreferredUILang>" };

    public static Consumer OldCompiler { get; } = Guilty("OldCompiler") with { LateProperties = "<CompilerApiVersion>roslyn4.4</CompilerApiVersion>" };

    /// <summary>Its framework is its own source: no thread, no task, half a Monitor.</summary>
    public static Consumer OwnCore { get; } = new("OwnCore", Latest, "OwnCore") { Properties = NoFramework };

    /// <summary>An older target beside the latest: what is suggested must suit both.</summary>
    public static Consumer AuditTwins { get; } = Mode("AuditTwins", "Audit") with { Frameworks = "net8.0;" + Latest };

    public static Consumer NoCore { get; } = Guilty("NoCore") with { Properties = NoFramework };

    public static Consumer Broken { get; } = new("Broken", Latest, "Broken");

    /// <summary>The sample of the repository: a wrong file a rule.</summary>
    public static Consumer Samples { get; } = new("Samples", Latest, Path.Combine("..", "..", "..", "samples", "Violations"));

    /// <summary>A program with ten mistakes.</summary>
    public static Consumer Workshop { get; } = new("Workshop", Latest, "Workshop") { Properties = "<OutputType>Exe</OutputType>" };

    /// <summary>What <c>dotnet format</c> repairs.</summary>
    public static IReadOnlyList<Consumer> Repairable { get; } =
    [
        Guilty("Repairable") with { Like = "Repaired" },
        Guilty("RepairableTwins") with { Like = "Repaired", Frameworks = "net10.0;netstandard2.0" },
        Guilty("RepairableWindowsText") with { Like = "Repaired", IsWindowsText = true },
    ];

    /// <summary>Guilty, clean and not concurrent on each framework and on two at once.</summary>
    public static IReadOnlyList<Consumer> Grid { get; } =
    [
        .. from sources in new[] { "Violations", "Clean", "Plain" }
           from frameworks in new[] { "net8.0", "net10.0", "net10.0;netstandard2.0" }
           select new Consumer($"{sources}_{frameworks.Replace(".", "").Replace(';', '_')}", frameworks, sources)
    ];

    public static IReadOnlyList<Consumer> All { get; } =
    [
        .. Grid, TreatWarningsAsErrors, OneIdAsError, CategoryOff, Default, Strict, Audit, AuditTwins, None, OddlyWrittenNone, UnknownMode, StrictButUserCategory,
        StrictButUserId, StrictButUserGlobal, NoneButUserId, MalformedOption, Chinese, OldCompiler, OwnCore, NoCore, Broken, Samples, Workshop, .. Repairable,
    ];

    private const string NoFramework =
        "<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences><NoStdLib>true</NoStdLib><GenerateAssemblyInfo>false</GenerateAssemblyInfo>" +
        "<GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute><LangVersion>latest</LangVersion>";

    private static Consumer Guilty(string name) => new(name, Latest, "Violations");

    private static Consumer Mode(string name, string mode) => Guilty(name) with { Properties = $"<ThreadwiseMode>{mode}</ThreadwiseMode>" };
}
