namespace Threadwise.Analyzers.Models;

/// <summary>What a call does to a queue that can be completed: a <c>BlockingCollection</c>, or a <c>Channel</c> through its writer.</summary>
internal enum QueueAction
{
    /// <summary>Nothing that the end of the queue has to do with.</summary>
    Other,

    /// <summary>Puts something in; throws when the queue is complete.</summary>
    Put,

    /// <summary>Says that nothing more will come.</summary>
    Complete,

    /// <summary>The same; throws when it has been said before.</summary>
    CompleteOnce,
}
