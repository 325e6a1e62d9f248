using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Mailer
    {
        private readonly string[] _sent = new string[8];

        public async Task SendAsync(string letter)
        {
            // Awaits the start of the body, not its end.
            await Task.Factory.StartNew(async () => // expect: TW1009
            {
                await Task.Delay(10);
                _sent[0] = letter; // sent
            });
        }

        public Task QueueAsync(CancellationToken cancellation) =>
            Task.Factory.StartNew(() => SendAsync("queued"), cancellation); // expect: TW1009
    }
}
