using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Sources that nobody completes, or that two complete.</summary>
    public static class TW4010CompletionSourceAbandoned
    {
        public static Task<int> CountAsync(string folder)
        {
            var source = new TaskCompletionSource<int>(); // expect: TW4010
            Task.Run(() =>
            {
                var files = Directory.GetFiles(folder);
                source.SetResult(files.Length);
            });
            return source.Task;
        }

        public static async Task<bool> ReadyAsync(Func<bool> isReady)
        {
            var source = new TaskCompletionSource<bool>();
            using var timer = new Timer(_ => source.SetResult(false), null, 1000, Timeout.Infinite); // expect: TW4010
            ThreadPool.QueueUserWorkItem(_ => source.TrySetResult(isReady()));
            return await source.Task;
        }
    }
}
