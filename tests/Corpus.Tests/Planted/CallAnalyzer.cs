using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Corpus.Tests.Planted;

/// <summary>A rule for tests of the instruments: calls of Bad and Worse are reported, a call of Crash makes it throw.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // It is never packed.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CallAnalyzer : DiagnosticAnalyzer
{
    public const string Bad = "TW9001";

    private static readonly DiagnosticDescriptor s_bad = new(Bad, "Bad", "Bad", "Test", DiagnosticSeverity.Warning, true);
    private static readonly DiagnosticDescriptor s_worse = new("TW9002", "Worse", "Worse", "Test", DiagnosticSeverity.Warning, true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_bad, s_worse];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Look, SyntaxKind.InvocationExpression);
    }

    private static void Look(SyntaxNodeAnalysisContext context)
    {
        switch (((InvocationExpressionSyntax)context.Node).Expression.ToString())
        {
            case "Bad":
                context.ReportDiagnostic(Diagnostic.Create(s_bad, context.Node.GetLocation()));
                break;
            case "Worse":
                context.ReportDiagnostic(Diagnostic.Create(s_worse, context.Node.GetLocation()));
                break;
            case "Crash":
                throw new InvalidOperationException("planted");
        }
    }
}
