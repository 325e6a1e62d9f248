using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a private <c>object</c> that is locked and nothing else, in a project whose every target has <c>System.Threading.Lock</c> and C# 13 to go with it. Missed: objects in
/// locals, properties and structs, and fields that are made in a constructor.
/// </summary>
internal sealed class TW2107ObjectGate() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info, isEnabledByDefault: false))
{
    public const string Id = "TW2107";

    /// <summary>The edit that makes the field a <c>Lock</c>.</summary>
    public const string UseLock = "UseLock";

    /// <summary>The version of the language whose <c>lock</c> knows the type; the floor's enumeration ends before it.</summary>
    private const LanguageVersion CSharp13 = (LanguageVersion)1300;

    /// <summary>The version of .NET that brought the type.</summary>
    private const int FirstNet = 9;

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> s_edit = s_none.Add(FixProperties.Edit, UseLock);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (type.Bodies().FirstOrDefault() is not { Model: var model } || !HasLock(model))
        {
            return;
        }

        foreach (var gate in ObjectGate.Of(type))
        {
            // The edit rewrites calls of Monitor, and it sees one file.
            var isInOneFile = gate.Calls.All(call => call.SyntaxTree == gate.Declarator.SyntaxTree);
            sink.Add(new Finding(
                Descriptor, gate.Declarator.Identifier.GetLocation(), new Cause(gate.Declarator.Identifier.Span), ImmutableArray.Create(gate.Field.Locks[0].Syntax.GetLocation()),
                isInOneFile ? s_edit : s_none, null, ImmutableArray.Create<object?>(gate.Field.Field.Name)));
        }
    }

    private static bool HasLock(Model model) =>
        model.Types is { Lock: not null, LockScope: not null } && model.Compilation is CSharpCompilation { LanguageVersion: >= CSharp13 } && model.Options.Targets.AreAtLeast(FirstNet);
}
