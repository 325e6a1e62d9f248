using System.Collections.Generic;
using System.Linq;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>How messages and fixes name the pipes of a process.</summary>
internal static class PipeNames
{
    /// <summary>The property that reads the pipe.</summary>
    public static string Of(ProcessPipe pipe) => $"Standard{pipe}";

    public static string Of(IEnumerable<ProcessPipe> pipes) => string.Join(", ", pipes.Select(Of));

    /// <summary>The word in <c>BeginOutputReadLine</c> and <c>OutputDataReceived</c>.</summary>
    public static string Short(ProcessPipe pipe) => pipe.ToString();
}
