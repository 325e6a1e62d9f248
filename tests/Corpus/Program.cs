using System;
using System.Threading.Tasks;

namespace Threadwise.Corpus;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Console.Out, Console.Error);
}
