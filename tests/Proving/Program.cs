using System;
using System.Threading.Tasks;

namespace Threadwise.Proving;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Console.Out, Console.Error);
}
