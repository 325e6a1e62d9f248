using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Threadwise.Hosts.LanguageServer;

/// <summary>JSON-RPC as the language server protocol frames it: a Content-Length header, an empty line, a JSON text.</summary>
/// <param name="input">What the server reads.</param>
/// <param name="output">What the server writes.</param>
/// <param name="answer">The result for a request of the server's.</param>
/// <param name="notified">Hears the notifications of the server.</param>
internal sealed class JsonRpc(Stream input, Stream output, Func<string, JsonNode?, JsonNode?> answer, Action<string, JsonNode?> notified)
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _last;

    /// <summary>Reads until the server closes its side; then every open request fails.</summary>
    public async Task ListenAsync()
    {
        try
        {
            while (await ReadAsync() is { } message)
            {
                await HandleAsync(message);
            }
        }
        finally
        {
            foreach (var request in _pending.Values)
            {
                request.TrySetException(new IOException("The language server has closed the connection."));
            }
        }
    }

    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var response = _pending.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await WriteAsync(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await response.Task.WaitAsync(cancellation);
    }

    public Task NotifyAsync(string method, JsonNode? parameters) => WriteAsync(new JsonObject { ["method"] = method, ["params"] = parameters });

    private async Task HandleAsync(JsonObject message)
    {
        var method = (string?)message["method"];
        if (method is null)
        {
            if (_pending.TryRemove((int)message["id"]!, out var request))
            {
                if (message["error"] is { } error)
                {
                    request.TrySetException(new IOException(error.ToJsonString()));
                }
                else
                {
                    request.TrySetResult(message["result"]);
                }
            }
        }
        else if (message["id"] is { } id)
        {
            await WriteAsync(new JsonObject { ["id"] = id.DeepClone(), ["result"] = answer(method, message["params"]) });
        }
        else
        {
            notified(method, message["params"]);
        }
    }

    private async Task WriteAsync(JsonObject message)
    {
        message["jsonrpc"] = "2.0";
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        await _writing.WaitAsync();
        try
        {
            await input.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n"));
            await input.WriteAsync(body);
            await input.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<JsonObject?> ReadAsync()
    {
        var length = 0;
        while (await HeaderAsync() is { } header)
        {
            if (header.Length == 0)
            {
                var body = new byte[length];
                await output.ReadExactlyAsync(body);
                return (JsonObject)JsonNode.Parse(body)!;
            }

            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>One line without its end, or null at the end of the stream.</summary>
    private async Task<string?> HeaderAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await output.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            if (one[0] != '\r')
            {
                line.Append((char)one[0]);
            }
        }

        return null;
    }
}
