using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Catalogue
    {
        private readonly List<string> _pages = new List<string>();
        private Task _refresh = Task.CompletedTask;

        public int Load(string path)
        {
            // The thread ends at the await: Join returns before the page is there.
            var t = new Thread(async () => // expect: TW1009
            {
                using var reader = new StreamReader(path);
                var text = await reader.ReadToEndAsync();
                lock (_pages)
                {
                    _pages.Add(text);
                }
            });
            t.Start();
            t.Join();
            lock (_pages)
            {
                return _pages.Count;
            }
        }

        public void LoadAll(IEnumerable<string> paths)
        {
            // Not one page need be read when the loop returns.
            Parallel.ForEach(paths, async path => // expect: TW1009
            {
                using var reader = new StreamReader(path);
                var text = await reader.ReadToEndAsync();
                lock (_pages)
                {
                    _pages.Add(text);
                }
            });
        }

        public void LoadLater(string path) =>
            ThreadPool.QueueUserWorkItem(Read, path); // expect: TW1009

        public void KeepFresh(CancellationToken token) =>
            // What is kept completes at the first delay, and takes its thread with it.
            _refresh = Task.Factory.StartNew(async () => // expect: TW1009
            {
                while (!token.IsCancellationRequested)
                {
                    await Task.Delay(1000, token);
                }
            }, TaskCreationOptions.LongRunning);

        public Task StopAsync() => _refresh;

        private async void Read(object? path)
        {
            using var reader = new StreamReader((string)path!);
            var text = await reader.ReadToEndAsync();
            lock (_pages)
            {
                _pages.Add(text);
            }
        }
    }
}
