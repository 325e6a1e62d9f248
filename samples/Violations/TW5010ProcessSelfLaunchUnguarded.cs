using System;
using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>A program whose children start children. A program that is compiled as one is the same; this is a library.</summary>
    public static class TW5010ProcessSelfLaunchUnguarded
    {
        public static void Main(string[] args)
        {
            Console.WriteLine(args.Length);
            using var child = Process.Start(Environment.ProcessPath!, "work"); // expect: TW5010
            child.WaitForExit();
        }
    }
}
