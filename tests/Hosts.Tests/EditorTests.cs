using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Packaging;
using Threadwise.Hosts.Editor;
using Xunit;

namespace Threadwise.Hosts.Tests;

/// <summary>The services behind an editor show the reports of the package, its fixes, the ways to suppress, and "fix all".</summary>
public sealed class EditorTests(PackedPackage package, OpenEditor editor) : IClassFixture<OpenEditor>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> SampleFiles => [.. Samples.Files.Select(static f => Path.GetFileName(f))];

    /// <summary>Rules of the build world (family 7) speak at the end of a compilation, which editors do not wait for.</summary>
    [Theory]
    [MemberData(nameof(SampleFiles))]
    public async Task An_opened_file_is_underlined_at_its_marks(string file)
    {
        var document = await editor.DocumentAsync("Violations", file);
        var lines = (await document.GetTextAsync(Cancellation)).Lines.Select(static l => l.ToString());
        var marks = Samples.MarksIn(file, lines).Where(static mark => !mark.StartsWith("TW7", StringComparison.Ordinal));
        Assert.Equal(marks.Order(), (await ReportsAsync(document)).Select(d => $"{d.Id} {file}:{LineOf(d) + 1}").Order());
    }

    /// <summary>The editor offers what the providers of the package register, the safe ones first; nothing of ours gets lost on the way to the menu.</summary>
    [Theory]
    [MemberData(nameof(SampleFiles))]
    public async Task The_bulb_offers_each_fix(string file)
    {
        var document = await editor.DocumentAsync("Violations", file);
        var services = await editor.ServicesAsync();
        var rules = PackageRules.Load((await package.GetAsync()).Content);
        var reports = await ReportsAsync(document);
        var count = 0;
        foreach (var report in reports)
        {
            var offered = (await services.BulbAsync(document, report.Location.SourceSpan, Cancellation))
                .Where(e => e.Provider.StartsWith(report.Id, StringComparison.Ordinal)).ToList();
            var registered = await FixOffers.ForAsync(new Finding(report, document), rules, Cancellation);
            Assert.Equal(registered.Select(static o => o.Action.Title), offered.Select(static e => e.Title));
            Assert.All(offered, static e => Assert.True(
                e.Scopes.IsEmpty || new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }.All(s => e.Scopes.Contains(s)), e.Title));
            count += offered.Count;
        }

        Assert.Equal(reports.Any(r => rules.HasFixFor(r.Id)), count > 0);
    }

    [Fact]
    public async Task An_edit_moves_removes_and_brings_back_the_underline()
    {
        var document = await editor.DocumentAsync("Till", "Drawer.cs");
        var report = Assert.Single(await ReportsAsync(document));
        Assert.Equal("TW2003", report.Id);

        var text = await document.GetTextAsync(Cancellation);
        var lower = document.WithText(text.WithChanges(new TextChange(new TextSpan(0, 0), "// The drawer of the till.\n")));
        Assert.Equal(LineOf(report) + 1, LineOf(Assert.Single(await ReportsAsync(lower))));

        var repaired = document.WithText(text.WithChanges(new TextChange(await OpenEditor.SpanAsync(document, Shop.Acquire), "_sum++;")));
        Assert.DoesNotContain(await ReportsAsync(repaired), static d => d.Id == "TW2003" && d.GetMessage().Contains("WaitAsync", StringComparison.Ordinal));

        var back = repaired.WithText(text);
        Assert.Equal(report.Location.SourceSpan, Assert.Single(await ReportsAsync(back)).Location.SourceSpan);
    }

    [Fact]
    public async Task A_click_on_the_fix_repairs()
    {
        var (document, fix) = await FixAsync();
        var changed = (await fix.ApplyAsync(Cancellation)).GetDocument(document.Id)!;
        Assert.Empty(await ReportsAsync(changed));
        var model = (await changed.GetSemanticModelAsync(Cancellation))!;
        Assert.DoesNotContain(model.GetDiagnostics(cancellationToken: Cancellation), static d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData(FixAllScope.Document, "Drawer.cs")]
    [InlineData(FixAllScope.Project, "Drawer.cs Receipt.cs")]
    [InlineData(FixAllScope.Solution, "Bin.cs Drawer.cs Receipt.cs Shelf.cs")]
    public async Task Fix_all_repairs_what_its_scope_says(FixAllScope scope, string files)
    {
        var (document, fix) = await FixAsync();
        var after = await fix.ApplyAllAsync(scope, Cancellation);
        var changed = after.GetChanges(document.Project.Solution).GetProjectChanges().SelectMany(static p => p.GetChangedDocuments())
            .Select(id => after.GetDocument(id)!).Where(static d => Shop.Mistakes.Contains((d.Project.Name, d.Name))).ToList();
        Assert.Equal(files.Split(' '), changed.Select(static d => d.Name).Order());
        foreach (var repaired in changed)
        {
            Assert.Empty(await ReportsAsync(repaired));
        }
    }

    /// <summary>Under one entry of the menu: in the source by a pragma or an attribute. Each one silences the report.</summary>
    [Fact]
    public async Task Ways_to_suppress_are_nested_and_work()
    {
        var document = await editor.DocumentAsync("Till", "Drawer.cs");
        var report = Assert.Single(await ReportsAsync(document));
        var bulb = await (await editor.ServicesAsync()).BulbAsync(document, report.Location.SourceSpan, Cancellation);
        var suppress = Assert.Single(bulb, static e => e.Title == "Suppress TW2003");
        Assert.Equal(["in Source", "in Source (attribute)", "in Suppression File"], suppress.Nested.Select(static a => a.Title).Order(StringComparer.Ordinal));
        foreach (var way in suppress.Nested)
        {
            var changed = await BulbEntry.ApplyAsync(way, Cancellation);
            Assert.DoesNotContain(await ReportsAsync(changed.GetDocument(document.Id)!), static d => !d.IsSuppressed);
        }
    }

    private async Task<(Document Document, BulbEntry Fix)> FixAsync()
    {
        var document = await editor.DocumentAsync("Till", "Drawer.cs");
        var report = Assert.Single(await ReportsAsync(document));
        var bulb = await (await editor.ServicesAsync()).BulbAsync(document, report.Location.SourceSpan, Cancellation);
        return (document, bulb.First(e => e.Provider.StartsWith(report.Id, StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<Diagnostic>> ReportsAsync(Document document) =>
        [.. (await (await editor.ServicesAsync()).DiagnosticsAsync(document, span: null, Cancellation))
            .Where(static d => d.Id.StartsWith("TW", StringComparison.Ordinal) && d.Severity >= DiagnosticSeverity.Info)];

    private static int LineOf(Diagnostic report) => report.Location.GetLineSpan().StartLinePosition.Line;
}
