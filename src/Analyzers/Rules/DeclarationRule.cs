using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules;

/// <summary>
/// A rule about how something is declared or made: it looks at declared symbols of some kinds, at single operations such as a creation, or at bodies in
/// files that hold some word. It holds no state and may be called from several threads.
/// </summary>
internal abstract class DeclarationRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>The declarations that the rule wants to see.</summary>
    public virtual ImmutableArray<SymbolKind> Symbols => ImmutableArray<SymbolKind>.Empty;

    /// <summary>The operations that the rule wants to see, wherever they stand.</summary>
    public virtual ImmutableArray<OperationKind> Operations => ImmutableArray<OperationKind>.Empty;

    /// <summary>The words of a file without which the rule does not look into its bodies.</summary>
    public virtual BodyContents Words => BodyContents.None;

    /// <summary>Whether the rule can have anything to say in this compilation.</summary>
    public abstract bool Applies(Model model, CancellationToken cancellation);

    /// <summary>What the rule finds in a declaration, or null.</summary>
    public virtual Finding? Examine(ISymbol declared, Model model, CancellationToken cancellation) => null;

    /// <summary>What the rule finds in an operation of <paramref name="owner"/>, or null.</summary>
    public virtual Finding? Examine(IOperation operation, ISymbol owner, Model model, CancellationToken cancellation) => null;

    /// <summary>Adds what the rule finds in a body of <paramref name="owner"/>.</summary>
    public virtual void ExamineBody(IOperation root, ISymbol owner, Model model, FindingSink sink, CancellationToken cancellation)
    {
    }
}
