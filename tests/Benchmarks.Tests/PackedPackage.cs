using System;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Benchmarks.Subjects;
using Threadwise.Benchmarks.Tests;
using Threadwise.Corpus;
using Threadwise.Hosts.Packaging;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Allocations of the whole process are counted: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(PackedPackage))]

namespace Threadwise.Benchmarks.Tests;

/// <summary>The package, packed once when a test first asks for it.</summary>
public sealed class PackedPackage : IDisposable
{
    private readonly WorkFolder _work = new();
    private readonly Lazy<Task<Subject>> _subject;

    public PackedPackage() => _subject = new(async () => Subject.Threadwise(await FreshPackage.PackAsync(_work, CancellationToken.None)));

    internal Task<Subject> SubjectAsync() => _subject.Value;

    public void Dispose() => _work.Dispose();
}
