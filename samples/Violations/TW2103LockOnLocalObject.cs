namespace Violations.Locks;

/// <summary>Locks that every call has for itself.</summary>
public sealed class TW2103LockOnLocalObject
{
    private int _count;

    public void Add()
    {
        var gate = new object();
        lock (gate) // expect: TW2103
        {
            _count++;
        }
    }

    public void Remove()
    {
        lock (new object()) // expect: TW2103
        {
            _count--;
        }
    }
}
