using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Rules;

/// <summary>One rule: one id, one descriptor, one decision. The classes below say in which world and at which step it decides.</summary>
internal abstract class Rule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;
}
