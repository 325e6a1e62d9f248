using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What an access does to a variable, or to the object in it.</summary>
internal enum AccessKind
{
    /// <summary>Takes the value.</summary>
    Read,

    /// <summary>Stores a value that does not come from the old one.</summary>
    Write,

    /// <summary>Stores a value only while there is none: <c>??=</c>.</summary>
    Fill,

    /// <summary>Stores a value that comes from the old one: <c>x++</c>, <c>x += y</c>, <c>x = x + y</c>.</summary>
    Update,

    /// <summary>Looks into the collection in the variable.</summary>
    Use,

    /// <summary>Changes the collection in the variable.</summary>
    Change,

    /// <summary>An atomic operation on the variable.</summary>
    Atomic,

    /// <summary>Gives the variable away by reference: what is done with it is unknown.</summary>
    ByReference,
}

/// <summary>One access of a variable that several functions may share.</summary>
/// <param name="place">The variable; an element of an array stands for its array.</param>
/// <param name="kind">What is done.</param>
/// <param name="at">The reference to the variable, or to its element.</param>
/// <param name="function">The function.</param>
internal sealed class Access(AccessPath place, AccessKind kind, IOperation at, CodeFunction function)
{
    public AccessPath Place { get; } = place;

    public AccessKind Kind { get; } = kind;

    public IOperation At { get; } = at;

    public CodeFunction In { get; } = function;

    /// <summary>The locks that its own function holds there.</summary>
    public LockSet Held => field ??= HeldAround.Of(In.Body).At(At);

    /// <summary>The type of the plain collection that the variable holds; null where it holds none, or it is not known.</summary>
    public ITypeSymbol? Collection => field ??= HeldCollections.TypeOf(At, In.Body);

    /// <summary>Whether it writes the variable or changes the object in it.</summary>
    public bool Changes => Kind is AccessKind.Write or AccessKind.Fill or AccessKind.Update or AccessKind.Change;
}
