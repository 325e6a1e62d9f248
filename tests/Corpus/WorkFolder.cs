using System;
using System.IO;

namespace Threadwise.Corpus;

/// <summary>The one place that a run writes to; gone when the run ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("threadwise-").FullName;

    /// <summary>A folder in here, made when it is missing.</summary>
    public string Sub(string name) => Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (IOException)
        {
            // A loaded assembly or a lingering compiler keeps a file on some systems: the temporary folder is cleaned by the system then.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
