using System.Threading;

namespace Shop
{
    public sealed class Porter
    {
        private int _carried;

        // The thread counts as finished at the first await.
        public void Carry()
        {
            var thread = new Thread(async () => // expect: TW1009
            {
                await System.Threading.Tasks.Task.Delay(10);
                _carried = 1;
            });
            thread.Start();
            thread.Join();
        }
    }
}
