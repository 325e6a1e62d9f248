using System.Threading;

namespace Shop
{
    public sealed class Torn
    {
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1;

        public async Task TakeAsync(CancellationToken cancellation)
        {
            try
            {
                await _gate.WaitAsync(
            finally
            {
                _gate.Release();
            }

        public void Thread( { var thread = new Thread(async () =>
        lock (
        Monitor.TryEnter(_gate, ; Interlocked.Increment(ref ); if (
}
