#pragma warning disable RS1001 // An analyzer of the tests is given to the instruments and loaded by no compiler.
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Proving.Tests.Planted;

/// <summary>A rule that reports every <c>finally</c>, right or wrong, under the id that it is given.</summary>
internal sealed class LoudAnalyzer(string id, bool isSilent = false) : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Planted.Descriptor(id)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (!isSilent)
                {
                    node.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], node.Node.GetLocation()));
                }
            },
            SyntaxKind.FinallyClause);
    }
}

/// <summary>A fix that puts a word into the file which means nothing there, or throws.</summary>
internal sealed class BadFix(string id, bool isThrowing) : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [id];

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (isThrowing)
        {
            throw new System.InvalidOperationException("no such node");
        }

        var text = await context.Document.GetTextAsync(context.CancellationToken);
        context.RegisterCodeFix(
            CodeAction.Create("Break it", _ => Task.FromResult(context.Document.WithText(text.Replace(context.Span, $"{text.GetSubText(context.Span)} nonsense; "))), "break"),
            context.Diagnostics);
    }
}
