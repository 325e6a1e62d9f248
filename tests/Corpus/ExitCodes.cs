namespace Threadwise.Corpus;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>A build failed, or a check that was asked for did not pass.</summary>
    public const int Failed = 1;

    /// <summary>Arguments or a path that cannot be used.</summary>
    public const int Usage = 2;
}
