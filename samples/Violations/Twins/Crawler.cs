using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Violations;

/// <summary>Pages that are waited for in the wrong way. Both print the milliseconds it took and the characters read.</summary>
public static class Crawler
{
    /// <summary>While a page is on its way, nothing else happens.</summary>
    public static async Task OneByOneAsync(string[] pages)
    {
        using var client = Client();
        var watch = Stopwatch.StartNew();
        var characters = 0;
        foreach (var page in pages)
        {
            characters += (await client.GetStringAsync(page)).Length;
        }

        Console.WriteLine($"{watch.ElapsedMilliseconds} {characters}");
    }

    /// <summary>The threads of the pool are as many as there are cores, and each does nothing but wait.</summary>
    public static void InParallel(string[] pages)
    {
        using var client = Client();
        var watch = Stopwatch.StartNew();
        var characters = 0;
        Parallel.ForEach(pages, page =>
        {
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, page)); // expect: TW6002
            using var reader = new StreamReader(response.Content.ReadAsStream());
            Interlocked.Add(ref characters, reader.ReadToEnd().Length);
        });
        Console.WriteLine($"{watch.ElapsedMilliseconds} {characters}");
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });
}
