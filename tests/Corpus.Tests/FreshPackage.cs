using System;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(FreshPackage))]

namespace Threadwise.Corpus.Tests;

/// <summary>The package as it is now, packed once when a test first asks for it.</summary>
public sealed class FreshPackage : IDisposable
{
    private readonly WorkFolder _work = new();
    private readonly Lazy<Task<string>> _file;

    public FreshPackage() => _file = new(() => AnalyzerPackage.PackAsync(_work, CancellationToken.None));

    public Task<string> FileAsync() => _file.Value;

    public void Dispose() => _work.Dispose();
}
