using System;
using System.IO;
using System.Threading.Tasks;

namespace Violations.SharedState;

/// <summary>Objects for one thread, called by many.</summary>
public sealed class TW3009UnsafeInstanceShared
{
    public static void Roll(int[] dice)
    {
        var random = new Random();
        Parallel.For(0, dice.Length, i =>
        {
            dice[i] = random.Next(1, 7); // expect: TW3009
        });
    }

    public static void Write(string path, string[] lines)
    {
        using var file = new StreamWriter(path);
        Parallel.ForEach(lines, line =>
        {
            var text = line.Trim();
            file.WriteLine(text); // expect: TW3009
        });
    }
}
