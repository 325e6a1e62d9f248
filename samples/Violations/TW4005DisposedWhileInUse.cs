using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Objects that are gone while work still uses them.</summary>
    public static class TW4005DisposedWhileInUse
    {
        public static void Declared(string path, string[] lines)
        {
            using var file = new StreamWriter(path); // expect: TW4005
            var work = Task.Run(() =>
            {
                foreach (var line in lines)
                {
                    file.WriteLine(line);
                }
            });
            Console.WriteLine(work.Id);
        }

        public static Task<string> Returned(string path)
        {
            using (var reader = new StreamReader(path)) // expect: TW4005
            {
                return Task.Run(() => reader.ReadToEnd());
            }
        }

        public static void Called()
        {
            var done = new CountdownEvent(1);
            ThreadPool.QueueUserWorkItem(_ => done.Signal());
            done.Dispose(); // expect: TW4005
        }
    }
}
