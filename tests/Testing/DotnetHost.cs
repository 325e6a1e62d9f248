using System;
using System.Runtime.InteropServices;

namespace Threadwise.Testing;

/// <summary>The program that runs .NET programs: the one that runs the tests.</summary>
public static class DotnetHost
{
    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
