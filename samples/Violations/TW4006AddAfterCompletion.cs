using System.Collections.Concurrent;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Something more, after the word that nothing more will come.</summary>
    public sealed class TW4006AddAfterCompletion
    {
        private readonly BlockingCollection<string> _lines = new();

        public void LastWords()
        {
            _lines.CompleteAdding();
            _lines.Add("closed"); // expect: TW4006
        }

        public void LastWordsByHelpers()
        {
            Stop();
            _lines.TryAdd("closed"); // expect: TW4006
        }

        public static async Task CompletedTwiceAsync(ChannelWriter<int> writer)
        {
            try
            {
                await writer.WriteAsync(1);
                writer.Complete();
            }
            finally
            {
                writer.Complete(); // expect: TW4006
            }
        }

        private void Stop() => _lines.CompleteAdding();
    }
}
