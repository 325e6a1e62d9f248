using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports <c>[MethodImpl(MethodImplOptions.Synchronized)]</c>: the method locks the object it is called on, or its type when it is static, and
/// whoever can reach these can take the lock too. Missed: the attribute on a lambda or on a local function that shares variables with its member: the compiler chooses
/// whose method that becomes.
/// </summary>
internal sealed class TW2106SynchronizedMethodAttribute() : DeclarationRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2106";

    /// <summary>The edit that gives every synchronized method of the type a <c>lock</c> on one new gate.</summary>
    public const string LockOnGate = "LockOnGate";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, LockOnGate);

    /// <summary>The accessors of a field-like event are declared by nobody, so they come with the event.</summary>
    public override ImmutableArray<SymbolKind> Symbols { get; } = ImmutableArray.Create(SymbolKind.Method, SymbolKind.Event);

    public override ImmutableArray<OperationKind> Operations { get; } = ImmutableArray.Create(OperationKind.LocalFunction);

    public override bool Applies(Model model, CancellationToken cancellation) => model.Types.MethodImpl is not null;

    public override Finding? Examine(ISymbol declared, Model model, CancellationToken cancellation)
    {
        var method = declared as IMethodSymbol ?? (declared as IEventSymbol)?.AddMethod;
        return method is null || method.IsImplicitlyDeclared != declared is IEventSymbol || method.PartialDefinitionPart is not null
            ? null
            : Find(method, method.IsStatic, model, cancellation);
    }

    public override Finding? Examine(IOperation operation, ISymbol owner, Model model, CancellationToken cancellation) =>
        operation is ILocalFunctionOperation { Symbol: var function } local && !function.GetAttributes().IsEmpty && Captures.Of(local) is { Variables: false } captures
            ? Find(function, isStatic: !captures.This, model, cancellation)
            : null;

    private Finding? Find(IMethodSymbol method, bool isStatic, Model model, CancellationToken cancellation)
    {
        if ((method.MethodImplementationFlags & MethodImplAttributes.Synchronized) == 0)
        {
            return null;
        }

        var attribute = method.GetAttributes().FirstOrDefault(a => KnownType.Is(a.AttributeClass, model.Types.MethodImpl) && IsSynchronized(a));
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
        {
            return null;
        }

        var location = syntax.GetLocation();
        var lines = location.GetLineSpan();
        return new Finding(
            Descriptor, lines.StartLinePosition.Line == lines.EndLinePosition.Line ? location : syntax.Name.GetLocation(), new Cause(syntax.Span),
            ImmutableArray<Location>.Empty, s_edit, null,
            ImmutableArray.Create<object?>(NameOf(method), isStatic ? $"typeof({method.ContainingType.Name})" : "this"));
    }

    /// <summary>The argument is an option or, by the other constructor, a number of the same meaning.</summary>
    private static bool IsSynchronized(AttributeData attribute) =>
        attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is IConvertible value &&
        ((MethodImplAttributes)value.ToInt32(CultureInfo.InvariantCulture) & MethodImplAttributes.Synchronized) != 0;

    private static string NameOf(IMethodSymbol method) => method switch
    {
        { AssociatedSymbol: { } member, MethodKind: MethodKind.PropertyGet } => $"{member.Name}.get",
        { AssociatedSymbol: { } member, MethodKind: MethodKind.PropertySet } => $"{member.Name}.set",
        { AssociatedSymbol: { } member } => member.Name,
        { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor } => method.ContainingType.Name,
        _ => method.Name,
    };
}
