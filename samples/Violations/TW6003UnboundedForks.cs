using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Violations.Placement
{
    /// <summary>As many threads and processes as there are files.</summary>
    public static class TW6003UnboundedForks
    {
        public static void Load(string[] files)
        {
            var threads = new List<Thread>();
            foreach (var file in files)
            {
                var thread = new Thread(() => { File.ReadAllText(file); // expect: TW6003
                });
                thread.Start();
                threads.Add(thread);
            }

            foreach (var thread in threads)
            {
                thread.Join();
            }
        }

        public static void Convert(string folder)
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                Process.Start("convert", file); // expect: TW6003
            }
        }
    }
}
