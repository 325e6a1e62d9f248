using System;

namespace Patterns;

/// <summary>One value that several processes see: a <see cref="SharedArray{T}"/> of one.</summary>
internal sealed class SharedValue<T> : IDisposable
    where T : unmanaged
{
    private readonly SharedArray<T> _array;

    private SharedValue(SharedArray<T> array) => _array = array;

    public T Value
    {
        get => _array[0];
        set => _array[0] = value;
    }

    public static SharedValue<T> Create(string path, T value) => new(SharedArray<T>.Create(path, new[] { value }));

    public static SharedValue<T> Open(string path) => new(SharedArray<T>.Open(path));

    public void Dispose() => _array.Dispose();
}
