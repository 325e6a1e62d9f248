namespace Shop
{
    public sealed class Turnstile
    {
        private readonly object _gate = new object(); // expect: TW2107
        private int _count;

        public void Pass()
        {
            lock (_gate)
            {
                _count++;
            }
        }
    }
}
