using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Editing;

/// <summary>What keeps a fix from being offered: that its edit does not compile, here or in another target of the project.</summary>
public class LinkedDocumentsTests
{
    private const string Source = """
        class C
        {
            private int _number;
            public int M(int a) { return a + _number; }
            public int N() { return M(Broken); }
        #if NET48
            public int Old() { return new C() { _number = 1 }.M(2); }
        #endif
        }
        """;

    [Theory]
    [InlineData("a + _number", "a - _number", true)]
    [InlineData("a + _number", "a + Missing", false)]
    [InlineData("a + _number", "Missing", false)]
    [InlineData("M(Broken)", "M(1)", true)]
    [InlineData("M(Broken)", "M(Bad)", true)]
    [InlineData("M(Broken)", "M(Broken, Broken)", false)]
    [InlineData("M(int a)", "M(int a, int b = 0)", true)]
    [InlineData("int M(int a)", "int K(int a)", false)]
    [InlineData("class C", "class D", true)]
    [InlineData("{ return a + _number; }", "=> a;", true)]
    [InlineData("{ return a + _number; }", "{ return a + ; }", false)]
    public Task The_document_gains_no_errors(string old, string now, bool isWhole) => StaysWhole(Frameworks.Net100, null, Source, old, now, isWhole);

    [Theory]
    [InlineData("a + _number", "a - _number", true)]
    [InlineData("private int _number;", "private int _number; private readonly Lock _lock = new();", false)]
    [InlineData("{ return a + _number; }", "{ return a + Random.Shared.Next(); }", false)]
    [InlineData("private int _number;", "private readonly int _number = 0;", false)]
    [InlineData("class C", "class D", false)]
    public Task Nor_does_its_twin_in_another_target(string old, string now, bool isWhole) =>
        StaysWhole(Frameworks.NetFramework48, "NET48", Source, old, now, isWhole);

    [Fact]
    public async Task A_fix_of_a_document_of_two_targets()
    {
        const string Guilty = """
            class C
            {
                private readonly SemaphoreSlim _gate = new(1, 1);

                async Task M(CancellationToken ct)
                {
                    try
                    {
                        await _gate.WaitAsync(ct);
                        await Task.Yield();
            #if NET48
                          GC.Collect();
            #endif
                    }
                    catch (OperationCanceledException)
                    {
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }
            """;
        var (document, twin) = Documents(Frameworks.NetFramework48, "NET48", Guilty);
        var fix = new TW2003ReleaseOnlyAcquired();
        var text = (await ApplyAsync(fix, document)).ToString();
        Assert.Equal(Guilty.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith('#')), text.Split('\n').Where(static line => line.StartsWith('#')));
        var compiled = await twin.WithText(SourceText.From(text)).Project.GetCompilationAsync();
        Assert.DoesNotContain(compiled!.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await ReportsAsync(twin.WithText(SourceText.From(text))));
    }

    private static async Task StaysWhole(
        ImmutableArray<MetadataReference> twinReferences, string? twinSymbol, string source, string old, string now, bool isWhole)
    {
        var (document, _) = Documents(twinReferences, twinSymbol, source);
        Assert.Contains(old, source);
        var changed = document.WithText(SourceText.From(source.Replace(old, now)));
        Assert.Equal(isWhole, await LinkedDocuments.StayWholeAsync(document, changed, CancellationToken.None));
    }

    /// <summary>One file in two projects, as a multi-targeted project has it.</summary>
    private static (Document One, Document Twin) Documents(ImmutableArray<MetadataReference> twinReferences, string? twinSymbol, string source)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        var documents = new List<DocumentId>();
        foreach (var (references, symbol) in new[] { (Frameworks.Net100, null), (twinReferences, twinSymbol) })
        {
            var project = ProjectId.CreateNewId();
            var parsing = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: symbol is null ? [] : [symbol]);
            solution = solution.AddProject(project, "P" + symbol, "P", LanguageNames.CSharp)
                .WithProjectCompilationOptions(project, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
                .WithProjectParseOptions(project, parsing)
                .AddMetadataReferences(project, references)
                .AddDocument(DocumentId.CreateNewId(project), "GlobalUsings.cs", Verify.GlobalUsings);
            var id = DocumentId.CreateNewId(project);
            solution = solution.AddDocument(id, "File.cs", source, filePath: "/File.cs");
            documents.Add(id);
        }

        return (solution.GetDocument(documents[0])!, solution.GetDocument(documents[1])!);
    }

    private static async Task<SourceText> ApplyAsync(CodeFixProvider fix, Document document)
    {
        CodeAction? offered = null;
        var report = Assert.Single(await ReportsAsync(document));
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => offered = action, CancellationToken.None));
        var operation = Assert.Single((await offered!.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        return await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync();
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync();
        return await compilation!.WithAnalyzers(ThreadwiseRules.Analyzers, (AnalyzerOptions?)null).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
    }
}
