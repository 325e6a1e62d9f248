namespace Violations.Locks;

/// <summary>An object that is there to be locked, where the framework has a type for that.</summary>
public sealed class TW2107ObjectGate
{
    private readonly object _gate = new(); // expect: TW2107
    private int _count;

    public void Add()
    {
        lock (_gate)
        {
            _count++;
        }
    }
}
