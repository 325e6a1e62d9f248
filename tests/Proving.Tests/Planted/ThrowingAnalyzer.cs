#pragma warning disable RS1001 // An analyzer of the tests is given to the instruments and loaded by no compiler.
using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Proving.Tests.Planted;

/// <summary>A rule that takes it for granted that a <c>try</c> has a <c>finally</c> or a <c>catch</c>, as in code that compiles.</summary>
internal sealed class ThrowingAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Planted.Descriptor("TW9002")];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(
            static node =>
            {
                var tried = (TryStatementSyntax)node.Node;
                if (tried.Finally is null or { FinallyKeyword.IsMissing: true } && tried.Catches.Count == 0)
                {
                    throw new InvalidOperationException("neither caught nor cleaned up");
                }
            },
            SyntaxKind.TryStatement);
    }
}
