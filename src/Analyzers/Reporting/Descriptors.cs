using System.Linq;
using System.Reflection;
using System.Resources;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// Builds every descriptor of the package: texts from the resources by id, severity from the level,
/// the help link from one property of the build. Nothing else may call the descriptor's constructor.
/// </summary>
internal static class Descriptors
{
    private static readonly ResourceManager s_texts = new("Threadwise.Analyzers.Reporting.Texts", typeof(Descriptors).Assembly);

    private static readonly string s_pages = typeof(Descriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static a => a.Key == "RulePagesAddress")?.Value ?? "";

    /// <summary>The descriptor of <paramref name="id"/>. The resources hold <c>{id}_Title</c>, <c>{id}_Message</c> and <c>{id}_Description</c>.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="category">One of <see cref="Category"/>.</param>
    /// <param name="defaultSeverity">Warning only where each step is certain or labels have earned it; Info for the rest.</param>
    /// <param name="isEnabledByDefault">False for the audit tier: taste, or another tool's ground.</param>
    /// <param name="tags">Further well-known tags; a rule of the build world passes <see cref="WellKnownDiagnosticTags.CompilationEnd"/>.</param>
    public static DiagnosticDescriptor Create(string id, string category, DiagnosticSeverity defaultSeverity, bool isEnabledByDefault = true, params string[] tags) => new(
        id,
        Text(id + "_Title"),
        Text(id + "_Message"),
        category,
        defaultSeverity,
        isEnabledByDefault,
        Text(id + "_Description"),
        s_pages.Length == 0 ? null : $"{s_pages.TrimEnd('/')}/{id}.md",
        tags);

    /// <summary>A text of the resources in the reader's language, with <paramref name="arguments"/> put in.</summary>
    public static LocalizableString Text(string key, params string[] arguments) => new LocalizableResourceString(key, s_texts, typeof(Descriptors), arguments);
}
