using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>Starts that do not fit the bodies of their threads.</summary>
    public static class TW1007ThreadArgumentMismatch
    {
        public static void NotTaken(string text)
        {
            var thread = new Thread(Feed);
            thread.Start(text); // expect: TW1007
        }

        public static void Forgotten(int amount)
        {
            var thread = new Thread(Add);
            thread.Start(); // expect: TW1007
        }

        public static void OtherType()
        {
            var thread = new Thread(Add);
            thread.Start(5L); // expect: TW1007
        }

        private static void Feed() => Console.WriteLine("feed");

        private static void Add(object? amount) => Console.WriteLine((int)amount! + 1);
    }
}
