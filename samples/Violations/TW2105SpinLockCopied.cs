using System.Threading;

namespace Violations.Locks;

/// <summary>Spin locks that lock a copy of themselves.</summary>
public sealed class TW2105SpinLockCopied
{
    private readonly SpinLock _readonly = new(false); // expect: TW2105
    private SpinLock _spin = new(false);
    private int _count;

    private SpinLock Lock { get; set; }

    public void Add()
    {
        var taken = false;
        try
        {
            _readonly.Enter(ref taken);
            _count++;
        }
        finally
        {
            if (taken)
            {
                _readonly.Exit();
            }
        }

        AddUnder(_spin);
        AddUnderCopy();
        AddUnderProperty();
    }

    private void AddUnder(SpinLock spin) // expect: TW2105
    {
        var taken = false;
        spin.Enter(ref taken);
        _count++;
        spin.Exit();
    }

    private void AddUnderCopy()
    {
        var spin = _spin; // expect: TW2105
        var taken = false;
        spin.Enter(ref taken);
        _count++;
        spin.Exit();
    }

    private void AddUnderProperty()
    {
        var taken = false;
        Lock.Enter(ref taken); // expect: TW2105
        _count++;
    }
}
