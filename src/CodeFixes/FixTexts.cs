using System.Resources;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes;

/// <summary>The titles of the fixes in the reader's language. A title is a sentence about the edit, never about the rule.</summary>
internal static class FixTexts
{
    private static readonly ResourceManager s_titles = new("Threadwise.CodeFixes.FixTitles", typeof(FixTexts).Assembly);

    /// <summary>The title under <paramref name="key"/> (<c>{id}_{Edit}</c>), with <paramref name="arguments"/> put in.</summary>
    public static string Title(string key, params string[] arguments) =>
        new LocalizableResourceString(key, s_titles, typeof(FixTexts), arguments).ToString();
}
