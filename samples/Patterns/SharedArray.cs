using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Text;

namespace Patterns;

/// <summary>
/// An array of one dimension that several processes see. It lies in a file, since memory maps with a name exist on Windows only. Its elements hold
/// no references, which would mean nothing in another process. It does not lock: whoever reads and then writes takes a named mutex around both.
/// </summary>
internal sealed class SharedArray<T> : IDisposable
    where T : unmanaged
{
    // Before the elements: how many, how long each, and the name of their type, so that a process which takes them for something else is told.
    private const int LengthAt = 0;
    private const int SizeAt = 4;
    private const int NameAt = 8;
    private const int ElementsAt = 128;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SharedArray(string path, FileMode mode, long capacity)
    {
        // Shared by name of the file: the default would keep the other processes out on Windows.
        var stream = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(stream, null, capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    public int Length => _view.ReadInt32(LengthAt);

    public T this[int index]
    {
        get
        {
            _view.Read(PlaceOf(index), out T value);
            return value;
        }
        set => _view.Write(PlaceOf(index), ref value);
    }

    /// <summary>Makes the file. The other processes open it.</summary>
    public static SharedArray<T> Create(string path, Array values)
    {
        if (values.Rank != 1 || values.GetType().GetElementType()!.IsArray)
        {
            throw new ArgumentException(
                $"A shared array has one dimension, and {values.GetType().Name} has more. Put its rows one after the other into one array, and find row r, column c at r * columns + c.");
        }

        // Not by a cast: the runtime takes an int[] for a uint[].
        if (values.GetType() != typeof(T[]))
        {
            throw new ArgumentException($"A shared array of {typeof(T).Name} cannot be made of {values.GetType().Name}.");
        }

        var shared = new SharedArray<T>(path, FileMode.CreateNew, ElementsAt + ((long)values.Length * Unsafe.SizeOf<T>()));
        shared._view.Write(LengthAt, values.Length);
        shared._view.Write(SizeAt, Unsafe.SizeOf<T>());
        var name = Name();
        shared._view.WriteArray(NameAt, name, 0, name.Length);
        shared._view.WriteArray(ElementsAt, (T[])values, 0, values.Length);
        return shared;
    }

    public static SharedArray<T> Open(string path)
    {
        var shared = new SharedArray<T>(path, FileMode.Open, capacity: 0);
        var name = new byte[ElementsAt - NameAt];
        shared._view.ReadArray(NameAt, name, 0, name.Length);
        if (shared._view.ReadInt32(SizeAt) == Unsafe.SizeOf<T>() && name.AsSpan().SequenceEqual(Name()))
        {
            return shared;
        }

        shared.Dispose();
        throw new InvalidDataException($"{Path.GetFileName(path)} holds {Encoding.UTF8.GetString(name).TrimEnd('\0')}, not {typeof(T).Name}.");
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static byte[] Name()
    {
        var name = new byte[ElementsAt - NameAt];
        Encoding.UTF8.GetBytes(typeof(T).Name).AsSpan().CopyTo(name);
        return name;
    }

    private long PlaceOf(int index) =>
        (uint)index < (uint)Length
            ? ElementsAt + ((long)index * Unsafe.SizeOf<T>())
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has the elements 0 to {Length - 1}.");
}
