using System;

namespace Threadwise.Corpus;

/// <summary>A run that cannot go on, with the sentence for the user and the program's exit code.</summary>
internal sealed class CorpusException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CorpusException Usage(string message) => new(ExitCodes.Usage, message);

    public static CorpusException Failed(string message) => new(ExitCodes.Failed, message);
}
