using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a private lock field that is written by its initializer or constructors only and is not readonly: nothing but luck keeps a later edit from giving two
/// threads two locks. A field with an attribute may be written by others; a <c>SpinLock</c> must not be readonly.
/// </summary>
internal sealed class TW2109LockFieldNotReadonly() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2109";

    /// <summary>The edit that adds <c>readonly</c>.</summary>
    public const string AddReadonly = "AddReadonly";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, AddReadonly);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var field in LockField.Of(type))
        {
            if (field is { Field: { DeclaredAccessibility: Accessibility.Private, IsReadOnly: false, IsConst: false, IsVolatile: false }, Writes.Count: > 0 } &&
                field.Locks.All(static l => l.Kind != LockKind.SpinLock) && field.Field.GetAttributes().IsEmpty &&
                field.Declarator is { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } declarator &&
                field.Writes.All(static w => w.CanBeReadonly) && !type.IsNamedByNestedTypes(field.Field.Name))
            {
                sink.Add(new Finding(
                    Descriptor, declarator.Identifier.GetLocation(), new Cause(declarator.Identifier.Span), ImmutableArray.Create(field.Locks[0].Syntax.GetLocation()),
                    s_edit, null, ImmutableArray.Create<object?>(field.Field.Name)));
            }
        }
    }
}
