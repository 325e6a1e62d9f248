using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Placement
{
    /// <summary>Work on threads of the pool that does nothing but wait, although it need not keep a thread for that.</summary>
    public static class TW6002BlockingIoOnPool
    {
        public static Task<string> Read(string file) => Task.Run(() => File.ReadAllText(file)); // expect: TW6002

        public static void Load(string[] pages, HttpClient client) => Parallel.ForEach(pages, page =>
        {
            Console.WriteLine(client.GetStringAsync(page).Result.Length); // expect: TW6002
        });

        public static Task Later() => Task.Run(() => Pause(3)); // expect: TW6002

        private static void Pause(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                Thread.Sleep(1000);
            }
        }
    }
}
