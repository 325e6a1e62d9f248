using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Patterns;

/// <summary>
/// A folder and a mutex that the processes of one run share under one id. Both are gone when the run ends; what a killed run left behind, the next one
/// removes. A file beside the folder, which its owner keeps open, tells whether the owner lives.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private const string Prefix = "threadwise-patterns-";
    private const string LockExtension = ".lock";

    // Guards what stands below it: nothing is made unseen while the program ends.
    private static readonly Lock s_gate = new();
    private static readonly HashSet<Scratch> s_mine = [];
    private static bool s_isEnding;

    private readonly FileStream? _lock;

    /// <summary>Makes the folder. The child processes are told the id.</summary>
    public Scratch()
    {
        lock (s_gate)
        {
            ObjectDisposedException.ThrowIf(s_isEnding, this);
            (Id, _lock) = Lock();
            s_mine.Add(this);
            Directory.CreateDirectory(Folder);
        }
    }

    private Scratch(string id) => Id = id;

    public string Id { get; }

    private string Folder => FolderOf(Id);

    private static (string Id, FileStream Lock) Lock()
    {
        for (var tries = 1; ; tries++)
        {
            var id = Prefix + Guid.NewGuid().ToString("N");
            try
            {
                return (id, new FileStream(FolderOf(id) + LockExtension, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (tries < 10)
            {
                // A file is made first and locked then. In between, a run that clears up has taken this one for its own.
            }
        }
    }

    /// <summary>In a child: that of the parent.</summary>
    public static Scratch Of(string id) => new(id);

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>
    /// Of all named primitives only the mutex exists on every system. Not bound to the session: who clears up after a killed run may be in another one.
    /// </summary>
    public Mutex OpenMutex() => new(initiallyOwned: false, Id, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });

    /// <summary>Removes what is left of runs that were killed.</summary>
    public static void ClearUp()
    {
        var temp = new DirectoryInfo(Path.GetTempPath());
        foreach (var file in temp.Exists ? temp.GetFiles(Prefix + "*" + LockExtension, new EnumerationOptions()) : [])
        {
            try
            {
                // Opens only when the owner is gone, and goes last: until then it keeps every other run away.
                using var held = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
                var left = new Scratch(Path.GetFileNameWithoutExtension(file.Name));
                left.DeleteFolder();

                // On Unix a named mutex is a file too. The last process that closes it removes it.
                left.OpenMutex().Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run is at work, or another user's.
            }
        }
    }

    /// <summary>At the end of a program that does not come to the end of its <c>using</c> blocks.</summary>
    public static void DeleteAll()
    {
        List<Scratch> mine;
        lock (s_gate)
        {
            s_isEnding = true;
            mine = [.. s_mine];
        }

        mine.ForEach(static scratch => scratch.Dispose());
    }

    public void Dispose()
    {
        // Under the lock to its end, so that a program which ends meanwhile waits for it.
        lock (s_gate)
        {
            if (s_mine.Remove(this))
            {
                _lock?.Dispose();
                DeleteFolder();
                File.Delete(Folder + LockExtension);
            }
        }
    }

    private static string FolderOf(string id) => Path.Combine(Path.GetTempPath(), id);

    private void DeleteFolder()
    {
        for (var tries = 1; Directory.Exists(Folder); tries++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && tries < 10)
            {
                // A part that does not know yet that the program ends has made one more file, or still maps one: Windows deletes none that is mapped.
                Thread.Sleep(20);
            }
        }
    }
}
