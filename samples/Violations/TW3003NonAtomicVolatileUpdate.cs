using System.Threading;

namespace Violations.SharedState;

/// <summary>Updates in two steps of fields that others update at the same time.</summary>
public sealed class TW3003NonAtomicVolatileUpdate
{
    private int _open;
    private volatile int _requests;

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed()
    {
        _open--; // expect: TW3003
    }

    /// <summary>A volatile field is read and written where it stands, and yet in two steps.</summary>
    public void Begin()
    {
        _requests++; // expect: TW3003
    }

    public void End()
    {
        _requests--;
    }
}
