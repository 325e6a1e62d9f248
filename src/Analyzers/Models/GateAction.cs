namespace Threadwise.Analyzers.Models;

/// <summary>What a call does to a gate that opens when a known number of threads has come: a <c>CountdownEvent</c> or a <c>Barrier</c>.</summary>
internal enum GateAction
{
    /// <summary>Changes the count in a way that is not followed, or gives up after some time.</summary>
    Other,

    /// <summary>Tells somebody has come.</summary>
    Signal,

    /// <summary>Makes the gate wait for more.</summary>
    Add,

    /// <summary>Returns when the gate opens.</summary>
    Wait,

    /// <summary>Asks, or has no effect on the count.</summary>
    Look,
}
