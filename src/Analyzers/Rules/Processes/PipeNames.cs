using System.Collections.Generic;
using System.Linq;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>How messages name the pipes of a process: by the properties that read them.</summary>
internal static class PipeNames
{
    public static string Of(ProcessPipe pipe) => $"Standard{pipe}";

    public static string Of(IEnumerable<ProcessPipe> pipes) => string.Join(", ", pipes.Select(Of));
}
