using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports <c>Enter</c>, <c>try</c>, <c>finally</c> and <c>Exit</c> on a <c>Monitor</c> or a <c>System.Threading.Lock</c> that a <c>lock</c> statement says as well. Both calls must mean one
/// object for certain: <c>this</c>, a type, a readonly field, a local or parameter that is not written inside. Silent where a <c>lock</c> cannot stand: an <c>await</c> or
/// <c>yield</c> inside, a language that does not know <c>Lock</c>; and where the lock is released and taken again inside.
/// </summary>
internal sealed class TW2009ManualMonitorPair() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2009";

    /// <summary>The edit that writes a <c>lock</c>; the release is the first additional location.</summary>
    public const string UseLock = "UseLock";

    /// <summary>C# 13; older compilers do not name it.</summary>
    private const int KnowsLock = 1300;

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, UseLock);

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var section in WrittenOutLock.In(body))
        {
            if (section.Try is not null && section.Inside.Any(static s => s is not IEmptyOperation) && CanBeLocked(section.Acquire, body.Model.Types) &&
                WrittenOutLock.PathOf(section.Acquire) is { } path && IsSteady(path, section) && !section.Inside.Any(statement => IsInTheWay(statement, path, body)))
            {
                var call = section.Acquire.Call.Syntax;
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(call), new Cause(call.Span), ImmutableArray.Create(CallLocation.Of(section.Release.Call.Syntax)), s_edit, null,
                    ImmutableArray.Create<object?>(section.Acquire.Lock.Syntax.ToString())));
            }
        }
    }

    /// <summary>A <c>lock</c> statement on it does the same: not on a <c>Lock</c> that is used as a mere object, nor where a value is boxed.</summary>
    private static bool CanBeLocked(LockAction acquire, WellKnownTypes types)
    {
        var type = Conversions.WithoutBuiltIn(acquire.Lock)?.Type;
        return acquire.Kind switch
        {
            LockKind.Monitor => type is { IsReferenceType: true } && !KnownType.Is(type, types.Lock),
            LockKind.Lock => acquire.Call.Syntax.SyntaxTree.Options is CSharpParseOptions options && (int)options.LanguageVersion >= KnowsLock,
            _ => false,
        };
    }

    private static bool IsSteady(AccessPath path, WrittenOutLock section) =>
        path.Steps.All(static step => step.Member is IFieldSymbol { IsReadOnly: true }) && path.Symbol switch
        {
            null or ITypeSymbol => true,
            IFieldSymbol field => field.IsReadOnly,
            ILocalSymbol or IParameterSymbol => !section.Inside.SelectMany(static s => s.DescendantsAndSelf()).Any(o =>
                VariablePath.Of(o) is { Steps.IsEmpty: true } used && SymbolEqualityComparer.Default.Equals(used.Symbol, path.Symbol) && StraightLine.IsTarget(o)),
            _ => false,
        };

    private static bool IsInTheWay(IOperation statement, AccessPath path, BodyFacts body) =>
        body.LockCalls.Any(action => statement.Syntax.Span.Contains(action.Call.Syntax.Span) && path.Equals(WrittenOutLock.PathOf(action))) ||
        statement.Syntax.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static node => node is
            AwaitExpressionSyntax or YieldStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or
            LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });
}
