using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Benchmarks.Code;
using Threadwise.Benchmarks.Subjects;

namespace Threadwise.Benchmarks.Measuring;

/// <summary>
/// How allocations grow with the size of the code, over what the empty analyzer allocates on the same code. Allocations are counted on
/// one thread and hardly differ between two runs, so the figure is the same on a busy machine.
/// </summary>
internal static class Growth
{
    /// <summary>By this the code grows. Linear work grows by as much, quadratic work by its square.</summary>
    public const int Step = 4;

    /// <summary>What grows: the number of types, the methods of one type, the statements of one body; with the smaller size.</summary>
    public static IReadOnlyList<(string Name, Func<int, CSharpCompilation> Code, int Size)> Shapes { get; } =
    [
        ("lines of the project", GeneratedCode.OfLines, 4_000),
        ("methods of one type", GeneratedCode.OneType, 100),
        ("statements of one body", GeneratedCode.OneBody, 200),
    ];

    /// <summary>How many times as much <paramref name="subject"/> allocates on code that is <see cref="Step"/> times as large.</summary>
    public static async Task<double> OfAsync(Func<int, CSharpCompilation> code, int size, Subject subject, CancellationToken cancellation)
    {
        var small = await OwnAsync([code(size)], subject, cancellation);
        var large = await OwnAsync([code(size * Step)], subject, cancellation);
        return large / Math.Max(small, 1.0);
    }

    /// <summary>Bytes that <paramref name="subject"/> allocates beyond those of the empty analyzer.</summary>
    public static async Task<double> OwnAsync(IReadOnlyList<CSharpCompilation> code, Subject subject, CancellationToken cancellation) =>
        await LeastAsync(code, subject, cancellation) - await LeastAsync(code, Subject.Empty, cancellation);

    /// <summary>Bytes that compiling and analysing allocate, on one thread: the least of three runs, the first of which warms up.</summary>
    public static async Task<double> LeastAsync(IReadOnlyList<CSharpCompilation> code, Subject subject, CancellationToken cancellation)
    {
        var least = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            least = Math.Min(least, (await Cost.MeasureAsync(code, subject, concurrent: false, cancellation)).Allocated);
        }

        return least;
    }
}
