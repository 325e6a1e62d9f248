using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;

namespace Threadwise.Proving.Running;

/// <summary>Compiles as <see cref="Verify"/> does: the same references, usings and options, every rule switched on.</summary>
internal static class Compiling
{
    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.Preview);

    public static CSharpCompilationOptions Options(Subject subject, OutputKind kind) => new CSharpCompilationOptions(
        kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
        .WithSpecificDiagnosticOptions(subject.Ids.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Warn)));

    /// <summary>What every compilation begins with. They share it because resolving the references takes longer than compiling a snippet.</summary>
    private static readonly CSharpCompilation s_beginning = CSharpCompilation.Create("Subject", [Parse(Verify.GlobalUsings, "GlobalUsings.cs")], Frameworks.Net100);

    public static SyntaxTree Parse(string text, string path = "") => CSharpSyntaxTree.ParseText(text, Parsing, path);

    public static CSharpCompilation Of(Subject subject, IEnumerable<SyntaxTree> trees, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        s_beginning.WithOptions(Options(subject, kind)).AddSyntaxTrees(trees);
}
