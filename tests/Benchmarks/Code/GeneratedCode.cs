using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Hosts;

namespace Threadwise.Benchmarks.Code;

/// <summary>Source of a wanted size, the same in each run. One type in eight deals with threads, one in seven of the rest awaits.</summary>
internal static class GeneratedCode
{
    private const int ConcurrentOneIn = 8;

    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. Directory.EnumerateFiles(Restored.Framework("10.0.12"), "*.dll").Order().Select(static f => MetadataReference.CreateFromFile(f))];

    /// <summary>A project of at least so many lines, a type a file.</summary>
    public static CSharpCompilation OfLines(int lines)
    {
        var files = new List<string>();
        for (var (count, i) = (0, 0); count < lines; i++)
        {
            var text = TypeFile(i);
            count += text.AsLines();
            files.Add(text);
        }

        return Compile(files);
    }

    /// <summary>One type of so many methods, as <see cref="OneTypeText"/> says.</summary>
    public static CSharpCompilation OneType(int methods) => Compile([OneTypeText(methods)]);

    /// <summary>A wide type in which one method in five takes a lock: every fifth from the second on.</summary>
    public static string OneTypeText(int methods)
    {
        var text = new StringBuilder(Usings).Append("namespace Generated\n{\npublic sealed class Wide\n{\n").Append("""
                private readonly object _sync = new();
                private readonly SemaphoreSlim _gate = new(1, 1);
                private int _count;

            """);
        for (var i = 0; i < methods; i++)
        {
            var method = (i % 10) switch
            {
                0 or 3 or 5 or 8 => """
                        public int PlainNN(int a, int[] items)
                        {
                            var sum = a + NN;
                            foreach (var item in items)
                            {
                                sum += item > sum ? item : a;
                            }

                            return sum;
                        }

                    """,
                1 => """
                        public void LockedNN(int a)
                        {
                            Monitor.Enter(_sync);
                            try
                            {
                                _count += a + NN;
                            }
                            finally
                            {
                                Interlocked.Increment(ref _count);
                                Monitor.Exit(_sync);
                            }
                        }

                    """,
                6 => """
                        public async Task<int> WaitedNN(Func<int, Task<int>> work, CancellationToken cancellation)
                        {
                            await _gate.WaitAsync(cancellation);
                            try
                            {
                                Interlocked.Increment(ref _count);
                                return await work(NN);
                            }
                            finally
                            {
                                _gate.Release();
                            }
                        }

                    """,
                _ => """
                        public string TextNN(string a) => a.Length > NN ? a.Substring(0, NN).Trim() : a + "NN";

                    """,
            };
            text.Append(Numbered(method, i));
        }

        return text.Append("}\n}\n").ToString();
    }

    /// <summary>One body of so many statements in a row, a lock pair after each fourth.</summary>
    public static CSharpCompilation OneBody(int statements)
    {
        var text = new StringBuilder(Usings).Append("namespace Generated\n{\npublic sealed class Long\n{\nprivate readonly object _sync = new();\nprivate int _count;\n\npublic void Run(int[] items)\n{\n");
        for (var i = 0; i < statements; i++)
        {
            text.Append(Numbered(i % 4 == 3
                ? "lock (_sync)\n{\n_count += items[NN % items.Length];\n}\n\nInterlocked.Increment(ref _count);\n"
                : "if (items.Length > NN)\n{\nConsole.WriteLine(items[NN] + NN);\n}\n", i));
        }

        return Compile([text.Append("}\n}\n}\n").ToString()]);
    }

    /// <summary>The <paramref name="index"/>th type as a file.</summary>
    public static string TypeFile(int index)
    {
        var types = index % ConcurrentOneIn == ConcurrentOneIn - 1 ? ConcurrentTypes.All : PlainTypes.All;
        var type = types[(index % ConcurrentOneIn == ConcurrentOneIn - 1 ? index / ConcurrentOneIn : index) % types.Length];
        return Usings + "namespace Generated\n{\n" + Numbered(type, index) + "\n}\n";
    }

    public static CSharpCompilation Compile(IEnumerable<string> files) => CSharpCompilation.Create(
        "Generated",
        files.Select(static (text, i) => CSharpSyntaxTree.ParseText(text, path: $"File{i.ToString(CultureInfo.InvariantCulture)}.cs")),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSyntaxTreeOptionsProvider(new NoOptions()));

    public static ImmutableArray<MetadataReference> References => s_references;

    private static string Numbered(string text, int number) => text.Replace("NN", number.ToString(CultureInfo.InvariantCulture));

    private static int AsLines(this string text) => text.AsSpan().Count('\n');

    /// <summary>A project without configuration files. The compiler always has a provider, and some analyzers rely on it.</summary>
    private sealed class NoOptions : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
