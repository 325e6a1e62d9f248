using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Threadwise.Hosts.LanguageServer;

/// <summary>A squiggle as an editor gets it; line and column count from 0.</summary>
internal sealed record Squiggle(string Id, int Line, int Column, int EndLine, int EndColumn, string Message);

/// <summary>
/// The language server in a process of its own, with a solution open. It pushes diagnostics, because this client does not say that
/// it can ask for them.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly JsonRpc _rpc;
    private readonly Task _listening;
    private readonly Task _complaints;
    private readonly Channel<(string Uri, ImmutableArray<Squiggle> Squiggles)> _published = Channel.CreateUnbounded<(string, ImmutableArray<Squiggle>)>();

    private Server(Process process)
    {
        _process = process;
        _rpc = new JsonRpc(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, Answer, Notified);
        _complaints = process.StandardError.BaseStream.CopyToAsync(System.IO.Stream.Null);
        _listening = _rpc.ListenAsync();
    }

    public static async Task<Server> StartAsync(string folder, string solution, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Restored.LanguageServer, "--solution", solution])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var inherited in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly" })
        {
            start.Environment.Remove(inherited);
        }

        var server = new Server(Process.Start(start)!);
        try
        {
            await server._rpc.RequestAsync("initialize", new JsonObject
            {
                ["processId"] = Environment.ProcessId,
                ["rootUri"] = new Uri(folder).AbsoluteUri,
                ["capabilities"] = new JsonObject
                {
                    ["workspace"] = new JsonObject { ["configuration"] = true },
                    ["textDocument"] = new JsonObject { ["publishDiagnostics"] = new JsonObject() },
                },
            }, cancellation);
            await server._rpc.NotifyAsync("initialized", new JsonObject());
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task OpenAsync(string file, string text) => _rpc.NotifyAsync("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = new Uri(file).AbsoluteUri, ["languageId"] = "csharp", ["version"] = 1, ["text"] = text },
    });

    /// <summary>Replaces <paramref name="length"/> characters of one line.</summary>
    public Task ReplaceAsync(string file, int version, int line, int column, int length, string by) => _rpc.NotifyAsync("textDocument/didChange", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = new Uri(file).AbsoluteUri, ["version"] = version },
        ["contentChanges"] = new JsonArray(new JsonObject
        {
            ["range"] = new JsonObject
            {
                ["start"] = new JsonObject { ["line"] = line, ["character"] = column },
                ["end"] = new JsonObject { ["line"] = line, ["character"] = column + length },
            },
            ["text"] = by,
        }),
    });

    /// <summary>
    /// Waits until the squiggles of ours in <paramref name="file"/> are as wanted; null when <paramref name="cancellation"/> comes first.
    /// The server pushes more than once, first without analyzers.
    /// </summary>
    public async Task<ImmutableArray<Squiggle>?> WaitForAsync(string file, Func<ImmutableArray<Squiggle>, bool> wanted, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var (uri, squiggles) = await _published.Reader.ReadAsync(cancellation);
                if (uri == new Uri(file).AbsoluteUri && wanted(squiggles))
                {
                    return squiggles;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        await _listening;
        await _complaints;
        _process.Dispose();
    }

    /// <summary>The one setting that matters: the server runs the analyzers of packages only when told so.</summary>
    private static JsonNode? Answer(string method, JsonNode? parameters) => method != "workspace/configuration"
        ? null
        : new JsonArray([.. parameters!["items"]!.AsArray().Select(static item =>
            (string?)item!["section"] == "csharp" ? (JsonNode)new JsonObject { ["analyzersEnabled"] = true } : null)]);

    private void Notified(string method, JsonNode? parameters)
    {
        if (method == "textDocument/publishDiagnostics")
        {
            _published.Writer.TryWrite(((string)parameters!["uri"]!, [.. Read(parameters["diagnostics"]!.AsArray())]));
        }
    }

    private static IEnumerable<Squiggle> Read(JsonArray diagnostics) =>
        from d in diagnostics
        let id = d["code"]?.ToString() ?? ""
        where id.StartsWith("TW", StringComparison.Ordinal)
        let range = d["range"]!
        orderby (int)range["start"]!["line"]!, (int)range["start"]!["character"]!
        select new Squiggle(
            id, (int)range["start"]!["line"]!, (int)range["start"]!["character"]!, (int)range["end"]!["line"]!, (int)range["end"]!["character"]!, (string)d["message"]!);
}
