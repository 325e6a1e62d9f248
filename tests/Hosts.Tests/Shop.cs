using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus;
using Threadwise.Hosts.Packaging;

namespace Threadwise.Hosts.Tests;

/// <summary>
/// What a user has open: <c>Violations</c> holds the samples of the repository, <c>Till</c> and <c>Stock</c> hold the same mistake in
/// two files each, so that "fix all" has a document, a project and a solution to tell apart.
/// </summary>
internal static class Shop
{
    /// <summary>The one mistake of each file: a cancelled wait has nothing to release.</summary>
    public const string Acquire = "await _gate.WaitAsync(cancellation);";

    public static IReadOnlyList<(string Project, string File)> Mistakes { get; } =
        [("Stock", "Bin.cs"), ("Stock", "Shelf.cs"), ("Till", "Drawer.cs"), ("Till", "Receipt.cs")];

    public static string Mistake(string type) => $$"""
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop;

        public sealed class {{type}}
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _sum;

            public async Task AddAsync(int amount, CancellationToken cancellation)
            {
                try
                {
                    {{Acquire}} // expect: TW2003
                    _sum += amount;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """.ReplaceLineEndings("\n");

    public static Task<Consumer> WriteAsync(FreshPackage package, WorkFolder work)
    {
        var files = Samples.Files.ToDictionary(static f => ("Violations", Path.GetFileName(f)), File.ReadAllText);
        foreach (var (project, file) in Mistakes)
        {
            files.Add((project, file), Mistake(Path.GetFileNameWithoutExtension(file)));
        }

        return Consumer.WriteAsync(work.Sub("shop"), package, work.Sub("packages"), files, CancellationToken.None);
    }
}
