using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a field that the class locks and to which it gives another object later: one thread holds the old object while another takes the new one. Assumed:
/// methods run on an object that others have by then. Missed: a lock that an initializing method makes and no constructor, and fields of other objects.
/// </summary>
[NoCodeFix("The assignment must go first, and what depends on it only the author can say; readonly does not compile before")]
internal sealed class TW2102MutableLockField() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2102";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var field in LockField.Of(type))
        {
            if (field.Declarator is { } declarator && field.Replacement() is { } write)
            {
                sink.Add(new Finding(
                    Descriptor, declarator.Identifier.GetLocation(), new Cause(declarator.Identifier.Span),
                    ImmutableArray.Create(write.Place.Syntax.GetLocation(), field.Locks[0].Syntax.GetLocation()),
                    ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(field.Field.Name)));
            }
        }
    }
}
