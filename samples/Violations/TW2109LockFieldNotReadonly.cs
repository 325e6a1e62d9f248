namespace Violations.Locks;

/// <summary>A lock that the next edit may replace.</summary>
public sealed class TW2109LockFieldNotReadonly
{
    private object _gate = new(); // expect: TW2109
    private int _count;

    public void Add()
    {
        lock (_gate)
        {
            _count++;
        }
    }
}
