using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Patterns;

/// <summary>A web site on this machine whose every page takes 50 ms, as if it were far away.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const int Milliseconds = 50;

    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    /// <summary>Serves on a free port of the loopback interface, which no other machine can reach.</summary>
    public static async Task<Site> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(static async context =>
        {
            await Task.Delay(Milliseconds, context.RequestAborted);
            await context.Response.WriteAsync("page " + context.Request.Path);
        });
        await app.StartAsync();
        return new Site(app);
    }

    /// <summary>The addresses of its first pages.</summary>
    public string[] Pages(int count)
    {
        var root = _app.Urls.Single();
        return [.. Enumerable.Range(0, count).Select(i => $"{root}/{i:000}")];
    }

    /// <summary>One client for all requests: it keeps the connections. A proxy would not find this machine.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
