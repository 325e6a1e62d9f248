using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Conventions;

public partial class TextTests
{
    private static readonly string[] s_parts = ["_Title", "_Message", "_Description"];

    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-Hans");

    private static readonly ImmutableArray<(string Key, string Text)> s_texts = Read("src", "Analyzers", "Reporting", "Texts.resx");

    private static readonly ImmutableArray<(string Key, string Text)> s_chineseTexts = Read("src", "Analyzers", "Reporting", "Texts.zh-Hans.resx");

    private static readonly ImmutableArray<(string Key, string Text)> s_titles = Read("src", "CodeFixes", "FixTitles.resx");

    private static readonly ImmutableArray<(string Key, string Text)> s_chineseTitles = Read("src", "CodeFixes", "FixTitles.zh-Hans.resx");

    [Fact]
    public void Every_id_has_a_title_a_message_and_a_description_and_no_other_id_has_texts()
    {
        var keys = s_texts.Select(static t => t.Key).Where(static key => AnId().IsMatch(key)).ToList();
        var ids = ThreadwiseRules.Descriptors.Select(static d => d.Id).ToHashSet();
        Assert.Empty(ids.SelectMany(static id => s_parts.Select(part => id + part)).Except(keys));
        Assert.Empty(keys.Where(key => !ids.Contains(key.Split('_')[0])).Select(static key => $"{key} is a text of no rule"));
    }

    [Fact]
    public void Every_fix_has_titles_and_no_other_id_has()
    {
        var fixable = ThreadwiseRules.Fixes.SelectMany(static fix => fix.FixableDiagnosticIds).Distinct().Order();
        Assert.Equal(fixable, s_titles.Select(static t => t.Key.Split('_')[0]).Distinct().Order());
    }

    [Fact]
    public void Every_text_stands_in_both_languages_with_the_same_placeholders()
    {
        foreach (var (english, chinese) in new[] { (s_texts, s_chineseTexts), (s_titles, s_chineseTitles) })
        {
            Assert.Equal(english.Select(static t => t.Key), chinese.Select(static t => t.Key));
            foreach (var ((key, text), (_, translation)) in english.Zip(chinese))
            {
                Assert.True(Placeholders(text).SequenceEqual(Placeholders(translation)), $"{key}: other placeholders in Chinese");
                Assert.True(Han().IsMatch(translation), $"{key} is not translated");
                Assert.False(Han().IsMatch(text), $"{key} is not English");
            }
        }
    }

    [Fact]
    public void Placeholders_are_counted_from_zero() => Assert.All(s_texts.Concat(s_titles), static t =>
        Assert.True(Placeholders(t.Text).Distinct().SequenceEqual(Enumerable.Range(0, Placeholders(t.Text).Distinct().Count())), t.Key));

    [Fact]
    public void Messages_and_titles_are_written_alike()
    {
        // Other keys of an id are parts of its message.
        foreach (var (key, text) in s_texts.Where(static t => AnId().IsMatch(t.Key) && s_parts.Any(t.Key.EndsWith)).Concat(s_titles))
        {
            Assert.True(char.IsUpper(text[0]) || text[0] == '\'', $"{key} starts with neither a capital nor a quote");
        }

        Assert.All(s_texts.Concat(s_titles).Concat(s_chineseTexts).Concat(s_chineseTitles).Where(static t => AnId().IsMatch(t.Key)), static t => Assert.True(
            (t.Text[^1] is '.' or '。') == t.Key.EndsWith("_Description", StringComparison.Ordinal), $"{t.Key}: a period ends descriptions and nothing else"));
        Assert.All(s_texts.Where(static t => t.Key.EndsWith("_Title", StringComparison.Ordinal)), static t => Assert.Empty(Placeholders(t.Text)));
        Assert.All(s_texts.Where(static t => t.Key.EndsWith("_Message", StringComparison.Ordinal)), static t =>
            Assert.True(Placeholders(t.Text).Any(), $"{t.Key} names nothing that was found"));
    }

    [Fact]
    public void Texts_are_one_line_without_stray_spaces() => Assert.All(s_texts.Concat(s_titles).Concat(s_chineseTexts).Concat(s_chineseTitles), static t =>
    {
        Assert.True(t.Text.Trim() == t.Text && !t.Text.Contains('\n') && !t.Text.Contains("  "), t.Key);
        Assert.False(t.Text.Length == 0, t.Key);
    });

    [Fact]
    public void The_satellite_assemblies_are_found()
    {
        Assert.All(ThreadwiseRules.Descriptors, static d => Assert.Matches(Han(), d.Title.ToString(s_chinese)));
        Assert.All(ThreadwiseRules.Descriptors, static d => Assert.DoesNotMatch(Han(), d.Title.ToString(CultureInfo.InvariantCulture)));
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = s_chinese;
        try
        {
            Assert.All(s_titles, static t => Assert.Matches(Han(), FixTexts.Title(t.Key, "a", "b", "c")));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<int> Placeholders(string text) =>
        Placeholder().Matches(text).Select(static m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Order();

    private static ImmutableArray<(string Key, string Text)> Read(params string[] path) =>
        [.. XDocument.Load(Repository.PathOf(path)).Root!.Elements("data").Select(static e => (e.Attribute("name")!.Value, e.Element("value")!.Value)).Order()];

    [GeneratedRegex(@"^TW\d{4}_")]
    private static partial Regex AnId();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
