using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// The targets that a project is built for, as the package's build file hands them over; none where the project has a single one, which the compilation itself tells about.
/// </summary>
internal sealed class TargetFrameworks
{
    /// <summary>The build property, with commas for semicolons, behind which a configuration file takes the rest of a line for a comment.</summary>
    public const string Key = "build_property.ThreadwiseTargets";

    private readonly ImmutableArray<string> _names;

    public TargetFrameworks(string? list) =>
        _names = ImmutableArray.CreateRange((list ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim()).Where(static name => name.Length > 0));

    /// <summary>Whether every target is .NET <paramref name="major"/> or later. A name that is not understood is not.</summary>
    public bool AreAtLeast(int major) => _names.All(name => MajorOf(name) >= major);

    /// <summary>5 for <c>net5.0-windows</c>, 0 for <c>netstandard2.0</c> and <c>net48</c>, which has no point.</summary>
    private static int MajorOf(string name)
    {
        var point = name.IndexOf('.');
        return point > 3 && name.StartsWith("net", StringComparison.OrdinalIgnoreCase) &&
            int.TryParse(name.Substring(3, point - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : 0;
    }
}
