using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Hosts.Editor;

namespace Threadwise.Hosts.Tests;

/// <summary>An editor with the shop open; opened when a test first asks.</summary>
public sealed class OpenEditor : IDisposable
{
    private readonly Lazy<Task<EditorServices>> _services;

    public OpenEditor(PackedPackage package) => _services = new(async () =>
        await EditorServices.OpenAsync((await package.ShopAsync()).Solution, CancellationToken.None));

    internal Task<EditorServices> ServicesAsync() => _services.Value;

    internal async Task<Document> DocumentAsync(string project, string file) =>
        (await ServicesAsync()).Workspace.CurrentSolution.Projects.Single(p => p.Name == project).Documents.Single(d => d.Name == file);

    /// <summary>The span of the first <paramref name="part"/> in the document.</summary>
    internal static async Task<TextSpan> SpanAsync(Document document, string part)
    {
        var text = (await document.GetTextAsync()).ToString();
        return new TextSpan(text.IndexOf(part, StringComparison.Ordinal), part.Length);
    }

    public void Dispose()
    {
        if (_services is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _services.Value.Result.Dispose();
        }
    }
}
