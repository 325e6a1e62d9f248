using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Members of base types in source that acquire or release a lock in a field of theirs and do little else (<c>protected void Enter() =&gt; Monitor.Enter(_sync);</c>). Their bodies are
/// judged with their own type and cannot be bound here, so only what <see cref="ForwardingBody"/> knows is read, from its syntax and the fields of the type; any other member is unknown.
/// </summary>
internal static class BaseHelpers
{
    /// <summary>Whether <paramref name="type"/> or a base of it may hold such members: it has a field for a lock, and its file speaks of acquires.</summary>
    public static bool MayBeIn(INamedTypeSymbol? type, Model model, CancellationToken cancellation)
    {
        for (; type is { IsGenericType: false, DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IFieldSymbol field && (field.Type.SpecialType == SpecialType.System_Object || model.Locks.IsLock(field.Type)))
                {
                    return type.DeclaringSyntaxReferences.Any(part => (TreeGate.WordsOf(part.SyntaxTree, model, cancellation) & BodyContents.ExplicitLocks) != 0);
                }
            }
        }

        return false;
    }

    /// <summary>What a call of the member does; unknown for one of another form.</summary>
    public static HelperEffect EffectOf(IMethodSymbol method, Model model)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, ContainingType: { IsGenericType: false } type, DeclaringSyntaxReferences: { Length: 1 } declarations } ||
            declarations[0].GetSyntax() is not MethodDeclarationSyntax declaration || ForwardingBody.CallOf(declaration, model.Locks.Words) is not { } call ||
            call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var receiver })
        {
            return HelperEffect.Unknown;
        }

        var arguments = call.ArgumentList.Arguments;
        if (receiver is IdentifierNameSyntax { Identifier.ValueText: "Monitor" } && type.GetMembers("Monitor").IsEmpty && arguments.Count == 1)
        {
            return Field(arguments[0].Expression, method) is { Type.IsReferenceType: true } locked ? Effect(name, LockKind.Monitor, locked, canThrow: false) : HelperEffect.Unknown;
        }

        // A token is all that an acquire may be given: with a timeout it may say no.
        var isGivenToken = arguments.Count == 1 && arguments[0].Expression is IdentifierNameSyntax given &&
            method.Parameters.Any(p => p.Name == given.Identifier.ValueText && KnownType.Is(p.Type, model.Types.CancellationToken));
        return (arguments.Count == 0 || isGivenToken) && Field(receiver, method) is { } field && model.Locks.KindOf(field.Type) is { } kind
            ? name != "WaitAsync" || TaskModels.IsTask(method.ReturnType, model.Types) ? Effect(name, kind, field, isGivenToken) : HelperEffect.Unknown
            : HelperEffect.Unknown;
    }

    private static HelperEffect Effect(string name, LockKind kind, IFieldSymbol field, bool canThrow)
    {
        var (verb, mode) = MeaningOf(kind, name);
        var path = field.IsStatic
            ? new AccessPath(PathRoot.Static, field, ImmutableArray<PathStep>.Empty)
            : new AccessPath(PathRoot.This, null, ImmutableArray.Create(PathStep.Of(field)));
        return verb == HelperKind.Unknown ? HelperEffect.Unknown : new HelperEffect(verb, new LockPlace(path, kind, mode), canThrow);
    }

    /// <summary>What the member of that name does to a lock of the kind, when it is given nothing but perhaps a token.</summary>
    public static (HelperKind Kind, LockMode Mode) MeaningOf(LockKind kind, string name) => (kind, name) switch
    {
        (LockKind.Monitor or LockKind.Lock, "Enter") => (HelperKind.Acquires, LockMode.Exclusive),
        (LockKind.Monitor or LockKind.Lock, "Exit") => (HelperKind.Releases, LockMode.Exclusive),
        (LockKind.SemaphoreSlim, "Wait" or "WaitAsync") or (LockKind.Semaphore or LockKind.Mutex, "WaitOne") => (HelperKind.Acquires, LockMode.Exclusive),
        (LockKind.SemaphoreSlim or LockKind.Semaphore, "Release") or (LockKind.Mutex, "ReleaseMutex") => (HelperKind.Releases, LockMode.Exclusive),
        (LockKind.ReaderWriterLockSlim, "EnterReadLock") => (HelperKind.Acquires, LockMode.Read),
        (LockKind.ReaderWriterLockSlim, "EnterWriteLock") => (HelperKind.Acquires, LockMode.Exclusive),
        (LockKind.ReaderWriterLockSlim, "EnterUpgradeableReadLock") => (HelperKind.Acquires, LockMode.Upgradeable),
        (LockKind.ReaderWriterLockSlim, "ExitReadLock") => (HelperKind.Releases, LockMode.Read),
        (LockKind.ReaderWriterLockSlim, "ExitWriteLock") => (HelperKind.Releases, LockMode.Exclusive),
        (LockKind.ReaderWriterLockSlim, "ExitUpgradeableReadLock") => (HelperKind.Releases, LockMode.Upgradeable),
        _ => (HelperKind.Unknown, LockMode.Exclusive),
    };

    private static IFieldSymbol? Field(ExpressionSyntax expression, IMethodSymbol method)
    {
        var name = expression switch
        {
            IdentifierNameSyntax simple when method.Parameters.All(p => p.Name != simple.Identifier.ValueText) => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => member.Identifier.ValueText,
            _ => null,
        };
        return name is null ? null : method.ContainingType.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault();
    }
}
