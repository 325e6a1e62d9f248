using System.IO;
using System.Text.Json;

namespace Threadwise.CompilerHost;

/// <summary>What one process is to compile, and with what.</summary>
/// <param name="Roslyn">The folders that hold the compiler's assemblies.</param>
/// <param name="Analyzers">The assemblies that hold analyzers.</param>
/// <param name="References">A folder of reference assemblies for each framework.</param>
/// <param name="Sources">The files of the one project.</param>
internal sealed record HostRequest(string[] Roslyn, string[] Analyzers, string[] References, string[] Sources)
{
    public static HostRequest Read(string file) => JsonSerializer.Deserialize<HostRequest>(File.ReadAllText(file))!;
}
