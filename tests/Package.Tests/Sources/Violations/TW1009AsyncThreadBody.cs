using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Mailer
    {
        private readonly string[] _sent = new string[8];

        // The thread counts as finished at the first await.
        public void Send(string letter)
        {
            var thread = new Thread(async () => // expect: TW1009
            {
                await Task.Delay(10);
                _sent[0] = letter;
            });
            thread.Start();
            thread.Join();
        }

        public Task Queue(string letter) =>
            Task.Factory.StartNew(async () => // expect: TW1009
            {
                await Task.Delay(10);
                _sent[1] = letter;
            });
    }
}
