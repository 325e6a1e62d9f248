using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Docs;

public partial class LinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md")).ToList();
        Assert.Empty(pages.SelectMany(static page => Link().Matches(File.ReadAllText(page))
            .Select(static match => match.Groups[1].Value)
            .Where(link => !Leads(page, link))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, page)}: {link}")));
    }

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(target) && (parts.Length == 1 || Anchors(target).Contains(parts[1]));
    }

    /// <summary>As the web shows headings: in small letters, signs left out, blanks as dashes.</summary>
    private static IEnumerable<string> Anchors(string page) => File.ReadLines(page).Where(static line => line.StartsWith('#')).Select(static line =>
        NoWord().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?![a-z]+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NoWord();
}
