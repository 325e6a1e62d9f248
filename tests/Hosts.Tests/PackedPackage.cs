using System;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus;
using Threadwise.Hosts.Packaging;
using Threadwise.Hosts.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PackedPackage))]

namespace Threadwise.Hosts.Tests;

/// <summary>The package, and a solution that uses it. Each is made once, when a test first asks for it.</summary>
public sealed class PackedPackage : IDisposable
{
    private readonly Lazy<Task<FreshPackage>> _package;

    private readonly Lazy<Task<Consumer>> _shop;

    public PackedPackage()
    {
        _package = new(() => FreshPackage.PackAsync(Work, CancellationToken.None));
        _shop = new(async () => await Shop.WriteAsync(await GetAsync(), Work));
    }

    internal WorkFolder Work { get; } = new();

    internal Task<FreshPackage> GetAsync() => _package.Value;

    /// <summary>The solution that the editors open.</summary>
    internal Task<Consumer> ShopAsync() => _shop.Value;

    public void Dispose() => Work.Dispose();
}
