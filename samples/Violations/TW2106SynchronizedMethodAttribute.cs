using System.Runtime.CompilerServices;

namespace Violations.Locks;

/// <summary>Locks that nobody sees in the bodies, on objects that everybody can lock.</summary>
public sealed class TW2106SynchronizedMethodAttribute
{
    private static int s_total;
    private int _count;

    public int Count
    {
        [MethodImpl(MethodImplOptions.Synchronized)] // expect: TW2106
        get => _count;
    }

    [MethodImpl(MethodImplOptions.Synchronized)] // expect: TW2106
    public void Add()
    {
        _count++;
        AddToTotal();
    }

    [MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)] // expect: TW2106
    private static void AddToTotal() => s_total++;
}
