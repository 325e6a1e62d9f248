namespace Violations.Locks;

/// <summary>Locks that every caller can take as well.</summary>
public sealed class TW2108LockReachableFromOutside
{
    public readonly object Gate = new();
    private int _count;
    private int _total;

    public void Add()
    {
        lock (this) // expect: TW2108
        {
            _count++;
        }
    }

    public void AddToTotal()
    {
        lock (Gate) // expect: TW2108
        {
            _total++;
        }
    }
}
