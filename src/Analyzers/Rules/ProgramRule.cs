using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Program;

namespace Threadwise.Analyzers.Rules;

/// <summary>A rule that decides from the whole compilation. It holds no state and may be called from several threads.</summary>
internal abstract class ProgramRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>Adds what the rule finds in <paramref name="program"/>.</summary>
    public abstract void Examine(ProgramFacts program, ProgramFindings findings);
}
