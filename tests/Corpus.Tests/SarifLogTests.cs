using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Building;
using Threadwise.Corpus.Reports;
using Xunit;

namespace Threadwise.Corpus.Tests;

public sealed class SarifLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_report_has_its_place_title_and_severity() =>
        Assert.Equal(
            new Report("TW2003", DiagnosticSeverity.Warning, "/shop/Stock list.cs", 12, 9, "Release without acquire", "'gate' is released."),
            Assert.Single(Read(Result("TW2003", "warning"))));

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("note", DiagnosticSeverity.Info)]
    [InlineData("none", DiagnosticSeverity.Hidden)]
    public void Levels_are_severities(string level, DiagnosticSeverity severity) => Assert.Equal(severity, Assert.Single(Read(Result("TW2003", level))).Severity);

    [Fact]
    public void What_the_source_suppresses_is_no_report() =>
        Assert.Empty(Read(Result("TW2003", "warning", """ "suppressions": [ { "kind": "inSource" } ], """)));

    [Fact]
    public void Other_ids_are_left_out() => Assert.Empty(Read(Result("CA2000", "warning")));

    [Fact]
    public void A_report_without_a_place_has_none()
    {
        var report = Assert.Single(Read(""" { "ruleId": "TW0001", "level": "warning", "message": { "text": "m" } } """));

        Assert.Equal(("", 0, 0, ""), (report.File, report.Line, report.Column, report.Title));
    }

    public void Dispose() => _folder.Dispose();

    private static string Result(string id, string level, string more = "") => $$"""
        { "ruleId": "{{id}}", "ruleIndex": 0, "level": "{{level}}", {{more}} "message": { "text": "'gate' is released." },
          "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///shop/Stock%20list.cs" },
                           "region": { "startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 20 } } } ] }
        """;

    private Report[] Read(string results) =>
        [.. SarifLog.Read(
            _folder.Write("log.sarif", $$"""
                { "version": "2.1.0", "runs": [ { "results": [ {{results}} ], "tool": { "driver": { "name": "compiler",
                  "rules": [ { "id": "TW2003", "shortDescription": { "text": "Release without acquire" } } ] } } } ] }
                """),
            ProjectBuild.IsOurs)];
}
