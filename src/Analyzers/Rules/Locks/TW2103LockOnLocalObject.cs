using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a lock on an object that the same run of the function made and gave to nobody: no other thread can ever wait for it. Missed: objects of other
/// classes than <c>object</c>, arrays and the framework's collections, and locals that are written more than once.
/// </summary>
[NoCodeFix("Which object the other threads lock, or whether there are any, only the author can say")]
internal sealed class TW2103LockOnLocalObject() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2103";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var ofOne in LockFindings.ByObject(LockedObject.Of(type).Where(LocalObject.Is)))
        {
            sink.Add(LockFindings.Of(this, ofOne, ImmutableDictionary<string, string?>.Empty, LockFindings.Display(ofOne.First())));
        }
    }
}
