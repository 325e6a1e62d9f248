using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>0: a crawler that waits for one page after the other wastes its time; many pages can be waited for at once.</summary>
internal static class CrawlerPart
{
    private const int Pages = 24;
    private const int AtOnce = 8;

    public static async Task<bool> RunAsync()
    {
        await using var site = await Site.StartAsync();
        var pages = site.Pages(Pages);

        // One by one: the twin stands in samples/Violations/Twins/Crawler.cs and prints milliseconds and characters read.
        var twin = await Live.RunAsync("one by one", Pages, _ => Twin.NumbersAsync("crawl-one-by-one", pages));
        var (oneByOne, expected) = (TimeSpan.FromMilliseconds(twin[0]), twin[1]);

        var watch = Stopwatch.StartNew();
        var byThreads = await Live.RunAsync("threads and a queue", Pages, done => Task.FromResult(WithThreads(pages, done)));
        var threads = watch.Elapsed;

        watch.Restart();
        var byAsync = await Live.RunAsync("Parallel.ForEachAsync", Pages, done => WithAsync(pages, done));
        var async = watch.Elapsed;

        new Grid($"{Pages} pages of {Site.Milliseconds} ms", "at once", "time", "speed-up").Fill(
        [
            ["one by one", "1", Format.Of(oneByOne), Format.SpeedUp(oneByOne, oneByOne)],
            ["threads and a queue", $"{AtOnce}", Format.Of(threads), Format.SpeedUp(oneByOne, threads)],
            ["Parallel.ForEachAsync", $"{AtOnce}", Format.Of(async), Format.SpeedUp(oneByOne, async)],
        ]).Print();

        return byThreads == expected && byAsync == expected && threads < oneByOne && async < oneByOne;
    }

    /// <summary>The tutorial's way: a few threads take addresses from a queue. Each thread does nothing but wait most of the time.</summary>
    public static int WithThreads(string[] pages, Action done)
    {
        using var client = Site.Client();
        using var queue = new BlockingCollection<string>();
        var characters = 0;
        var threads = new List<Thread>();
        for (var i = 0; i < AtOnce; i++)
        {
            var thread = new Thread(() =>
            {
                foreach (var page in queue.GetConsumingEnumerable())
                {
                    using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, page));
                    using var reader = new StreamReader(response.Content.ReadAsStream());
                    Interlocked.Add(ref characters, reader.ReadToEnd().Length);
                    done();
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        try
        {
            foreach (var page in pages)
            {
                queue.Add(page);
            }
        }
        finally
        {
            queue.CompleteAdding();
        }

        threads.ForEach(static thread => thread.Join());
        return characters;
    }

    /// <summary>The way of C#: while a page is on its way, no thread waits for it.</summary>
    public static async Task<int> WithAsync(string[] pages, Action done)
    {
        using var client = Site.Client();
        var characters = 0;
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (page, cancellation) =>
        {
            Interlocked.Add(ref characters, (await client.GetStringAsync(page, cancellation)).Length);
            done();
        });
        return characters;
    }
}
