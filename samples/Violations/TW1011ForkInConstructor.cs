using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Threads
{
    /// <summary>A thread that is faster than the constructor which starts it.</summary>
    public sealed class TW1011ForkInConstructor
    {
        private readonly Thread _worker;
        private readonly List<string> _names;

        public TW1011ForkInConstructor(List<string> names)
        {
            _worker = new Thread(Work);
            _worker.Start(); // expect: TW1011
            _names = names;
        }

        public void Close() => _worker.Join();

        private void Work() => Console.WriteLine(_names.Count);

        private abstract class Step
        {
            protected Step() => Task.Run(() => Take()); // expect: TW1011

            protected abstract void Take();
        }

        private sealed class Named : Step
        {
            private readonly string _name;

            public Named(string name) => _name = name;

            protected override void Take() => Console.WriteLine(_name.Length);
        }
    }
}
