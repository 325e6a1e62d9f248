using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Rules;

/// <summary>A rule that decides from one type, all its parts together. It holds no state and may be called from several threads.</summary>
internal abstract class TypeRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>Adds what the rule finds in <paramref name="type"/>.</summary>
    public abstract void Examine(TypeFacts type, FindingSink sink);
}
