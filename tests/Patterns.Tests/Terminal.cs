using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Threadwise.Patterns.Tests;

/// <summary>
/// One run of the sample on a terminal of 80 columns: a pseudoterminal of Unix, whose other end the test reads. The test keeps the program's end open too, since
/// what is written can be read no more once nobody has that end.
/// </summary>
internal static class Terminal
{
    public const int Columns = 80;

    private const int ReadWrite = 2;
    private static readonly int s_noControl = OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    /// <summary>Runs it to its end. No process and no file may be left. Errors come by the terminal, as the output does.</summary>
    public static async Task<Sample> RunAsync(params string[] args)
    {
        var (exitCode, text) = await RunAsync("", static _ => 0, args);
        return new Sample(exitCode, Seen(text), "");
    }

    /// <summary>Ends it, by its process id, as soon as it has written something; tells its exit code and all that it wrote.</summary>
    public static Task<(int ExitCode, string Text)> InterruptAsync(string written, Func<int, int> end, params string[] args) => RunAsync(written, end, args);

    private static async Task<(int ExitCode, string Text)> RunAsync(string written, Func<int, int> then, string[] args)
    {
        using var temp = new TempFolder();
        using var near = Opened(posix_openpt(ReadWrite | s_noControl));
        var name = grantpt(near) == 0 && unlockpt(near) == 0 ? Marshal.PtrToStringAnsi(ptsname(near))! : throw new Win32Exception(Marshal.GetLastPInvokeError());
        using var far = Opened(open(name, ReadWrite | s_noControl));

        // The shell gives the program the terminal's end in the place of its own streams.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec <'{name}' >'{name}' 2>&1; stty cols {Columns} rows 25; exec \"$0\" \"$@\"", Sample.PathOf("Patterns"), .. args]);
        start.Environment["TMPDIR"] = temp.Path;
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var output = ReadAsync(near, written, () => then(process.Id));
        await process.WaitForExitAsync();
        far.Dispose();
        var text = await output;
        Assert.Empty(Sample.Left(temp));
        return (process.ExitCode, text);
    }

    private static async Task<string> ReadAsync(SafeFileHandle near, string written, Func<int> then)
    {
        var text = new MemoryStream();
        var isWritten = false;
        await Task.Factory.StartNew(
            () =>
            {
                using var stream = new FileStream(near, FileAccess.Read, bufferSize: 0);
                try
                {
                    var some = new byte[4096];
                    for (var count = stream.Read(some); count > 0; count = stream.Read(some))
                    {
                        text.Write(some, 0, count);
                        if (!isWritten && Encoding.UTF8.GetString(text.ToArray()).Contains(written, StringComparison.Ordinal))
                        {
                            isWritten = true;
                            then();
                        }
                    }
                }
                catch (IOException)
                {
                    // The end of a pseudoterminal on Linux.
                }
            },
            TaskCreationOptions.LongRunning);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>The lines without what steers the terminal. Of a line that is written over, what comes last is seen.</summary>
    private static string Seen(string text)
    {
        var lines = Regex.Replace(text, @"\u001b(\[[0-9;?]*[A-Za-z]|[=>])", "").Split('\n').Select(static line => line.TrimEnd('\r').Split('\r')[^1].TrimEnd());
        return string.Join('\n', lines);
    }

    private static SafeFileHandle Opened(int descriptor) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(SafeFileHandle near);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(SafeFileHandle near);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr ptsname(SafeFileHandle near);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
