using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Threadwise.CompilerHost;

/// <summary>Compiles under the Roslyn that the request names and prints what its analyzers report, a line each.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var request = HostRequest.Read(arguments[0]);

        // This program was compiled against the floor; whatever version is asked for, there is exactly one to be had.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            request.Roslyn.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists) is { } file
                ? context.LoadFromAssemblyPath(file)
                : null;
        return Run(request);
    }

    /// <summary>Apart from <see cref="Main"/>, because compiling a method loads the assemblies of the types it names.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(HostRequest request) => Compiler.Run(request, System.Console.Out);
}
