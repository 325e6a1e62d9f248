using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a <c>SpinLock</c> that is acquired on a copy, so that it excludes nobody: it is readonly, was passed by value or by <c>in</c>, copied into a local, or comes out
/// of a property, call or box; and one in use that is copied into another field or a box. A readonly field is reported at its declaration, as no use of
/// it outside a constructor can lock it; one that is given to a call (<c>Unsafe.AsRef(in f)</c>) or whose address is taken is left alone.
/// </summary>
internal sealed class TW2105SpinLockCopied() : DeclarationRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2105";

    /// <summary>The edit that makes the field writable.</summary>
    public const string RemoveReadonly = "RemoveReadonly";

    /// <summary>The edit that passes the parameter, and the arguments for it, by reference.</summary>
    public const string PassByRef = "PassByRef";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> s_removeReadonly = s_none.Add(FixProperties.Edit, RemoveReadonly);
    private static readonly ImmutableDictionary<string, string?> s_passByRef = s_none.Add(FixProperties.Edit, PassByRef);

    public override ImmutableArray<SymbolKind> Symbols { get; } = ImmutableArray.Create(SymbolKind.Field);

    public override BodyContents Words => BodyContents.SpinLocks;

    public override bool Applies(Model model, CancellationToken cancellation) => model.Types.SpinLock is not null;

    public override Finding? Examine(ISymbol declared, Model model, CancellationToken cancellation) =>
        declared is IFieldSymbol { IsReadOnly: true, IsImplicitlyDeclared: false, Locations: { Length: > 0 } locations } field &&
        KnownType.Is(field.Type, model.Types.SpinLock) && !IsReached(field, cancellation)
            ? Report("ReadOnlyField", locations[0], field.Name, s_removeReadonly)
            : null;

    public override void ExamineBody(IOperation root, ISymbol owner, Model model, FindingSink sink, CancellationToken cancellation)
    {
        foreach (var (kind, place) in SpinLockCopies.In(root, owner, model, cancellation))
        {
            var symbol = place switch
            {
                IParameterReferenceOperation parameter => parameter.Parameter,
                ILocalReferenceOperation local => (ISymbol)local.Local,
                _ => null,
            };
            if (symbol is null)
            {
                var syntax = place.Syntax;
                var span = syntax.GetLocation().GetLineSpan();
                var location = span.StartLinePosition.Line == span.EndLinePosition.Line ? syntax.GetLocation() : syntax.GetFirstToken().GetLocation();
                sink.Add(Report(kind.ToString(), location, syntax.ToString(), s_none));
            }
            else if (symbol.Locations.FirstOrDefault(l => l.SourceTree == root.Syntax.SyntaxTree) is { } declaration)
            {
                sink.Add(Report(kind.ToString(), declaration, symbol.Name, symbol is IParameterSymbol ? s_passByRef : s_none));
            }
        }
    }

    private Finding Report(string kind, Location location, string name, ImmutableDictionary<string, string?> edit) => new(
        Descriptor, location, new Cause(location.SourceSpan), ImmutableArray<Location>.Empty, edit, null,
        ImmutableArray.Create<object?>(name, Descriptors.Text($"{Id}_{kind}")));

    /// <summary>Its type takes a reference to it somehow, by an argument or an address.</summary>
    private static bool IsReached(IFieldSymbol field, CancellationToken cancellation) => field.ContainingType.DeclaringSyntaxReferences
        .SelectMany(r => r.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>())
        .Any(name => name.Identifier.ValueText == field.Name && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name).Parent is
            ArgumentSyntax or RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression });
}
