using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Signals that a failure skips, while somebody waits for them.</summary>
    public static class TW4011SignalSkippedOnException
    {
        public static void KeptByTheTask(string[] files)
        {
            using var done = new CountdownEvent(files.Length);
            foreach (var file in files)
            {
                Task.Run(() =>
                {
                    File.Delete(file);
                    done.Signal(); // expect: TW4011
                });
            }

            done.Wait();
        }

        public static void CaughtByTheWork(string file)
        {
            var done = new ManualResetEventSlim();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                try
                {
                    File.ReadAllText(file); // expect: TW6002
                    done.Set(); // expect: TW4011
                }
                catch (Exception e)
                {
                    Console.Error.WriteLine(e);
                }
            });
            done.Wait();
        }
    }
}
