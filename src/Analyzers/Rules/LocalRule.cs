using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Rules;

/// <summary>
/// A rule that decides from one body: a method, constructor, accessor, initializer or the top-level statements, with the
/// lambdas and local functions inside. Editors run it on the body being typed. It holds no state and may be called from several threads.
/// </summary>
internal abstract class LocalRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>What the body must contain for the rule to have anything to say; <see cref="Examine"/> is not called without it.</summary>
    public abstract BodyContents Needs { get; }

    /// <summary>Adds what the rule finds in <paramref name="body"/>.</summary>
    public abstract void Examine(BodyFacts body, FindingSink sink);
}
