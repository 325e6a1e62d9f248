using System;

namespace Violations;

/// <summary>Runs the wrong versions that samples/Patterns contrasts with the right ones.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        switch (args.Length == 1 ? args[0] : "")
        {
            case "unlocked-steps":
                Unlocked.Steps();
                return 0;
            case "unlocked-loop":
                Unlocked.Loop();
                return 0;
            case "join-in-start-loop":
                JoinInStartLoop.Run();
                return 0;
            default:
                Console.Error.WriteLine("Say one of: unlocked-steps, unlocked-loop, join-in-start-loop.");
                return 2;
        }
    }
}
