namespace Violations.Locks;

/// <summary>Locks that strangers can hold, and one that nobody ever waits for.</summary>
public sealed class TW2101LockOnSharedIdentity
{
    private const string Key = "prices";
    private static int s_total;
    private int _count;

    public static void AddToTotal()
    {
        lock (typeof(TW2101LockOnSharedIdentity)) // expect: TW2101
        {
            s_total++;
        }
    }

    public void Load()
    {
        lock (Key) // expect: TW2101
        {
            _count++;
        }
    }

    public void Count()
    {
        lock ((object)_count) // expect: TW2101
        {
            _count++;
        }
    }
}
