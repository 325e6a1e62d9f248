using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Options;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// What the members of the lock types mean. Sources: the reference pages of each type in the System.Threading namespace.
/// <c>Thread.Interrupt</c> and disposal can make every acquire throw; both are left out, as no correct program lives on them.
/// </summary>
internal sealed class LockModels
{
    private readonly WellKnownTypes _types;
    private readonly LockPairs _named;
    private readonly Dictionary<INamedTypeSymbol, LockKind> _kinds = new(SymbolEqualityComparer.Default);

    public LockModels(WellKnownTypes types, LockPairs named)
    {
        _types = types;
        _named = named;
        Words = new LockWords(named.Words);
        Add(types.Monitor, LockKind.Monitor);
        Add(types.Lock, LockKind.Lock);
        Add(types.Mutex, LockKind.Mutex);
        Add(types.SpinLock, LockKind.SpinLock);
        Add(types.Semaphore, LockKind.Semaphore);
        Add(types.SemaphoreSlim, LockKind.SemaphoreSlim);
        Add(types.ReaderWriterLock, LockKind.ReaderWriterLock);
        Add(types.ReaderWriterLockSlim, LockKind.ReaderWriterLockSlim);

        void Add(INamedTypeSymbol? type, LockKind kind)
        {
            if (type is not null)
            {
                _kinds[type] = kind;
            }
        }
    }

    /// <summary>The names of the members that acquire and release.</summary>
    public LockWords Words { get; }

    /// <summary>What the call does to a lock, or null when it does nothing to one.</summary>
    public LockAction? MeaningOf(IInvocationOperation call) =>
        Meaning(call) is { } action ? action with { Timeout = TimeoutOf(call) is { } timeout ? Timeouts.Of(timeout.Value) : null } : null;

    /// <summary>The lock that objects of the type are, or null.</summary>
    public LockKind? KindOf(ITypeSymbol type) => type is INamedTypeSymbol named && _kinds.TryGetValue(named, out var kind) ? kind : null;

    /// <summary>Whether objects of the type are locks.</summary>
    public bool IsLock(ITypeSymbol type) => KindOf(type) is not null;

    /// <summary>Whether the call acquires a lock that is released by disposing of the result.</summary>
    public bool OpensScope(IInvocationOperation call) => call.TargetMethod.Name == "EnterScope" && KnownType.Is(call.TargetMethod.ContainingType, _types.Lock);

    /// <summary>Whether the call gives its caller a scope that it opened.</summary>
    public bool ReturnsScope(IInvocationOperation call) => !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && call.TargetMethod.RefKind == RefKind.None && KnownType.Is(call.TargetMethod.ReturnType, _types.LockScope);

    /// <summary>Whether the call disposes of what <see cref="OpensScope"/> gave.</summary>
    public bool ClosesScope(IInvocationOperation call) => call.TargetMethod.Name == "Dispose" && KnownType.Is(call.TargetMethod.ContainingType, _types.LockScope);

    private LockAction? Meaning(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is not { } type)
        {
            return null;
        }

        // Mutex and Semaphore inherit WaitOne: the receiver's type decides, and an event's WaitOne is no lock.
        if (SymbolEqualityComparer.Default.Equals(type, _types.WaitHandle))
        {
            return method.Name == "WaitOne" && Conversions.WithoutAny(call.Instance) is { Type: INamedTypeSymbol handle } instance && _kinds.TryGetValue(handle, out var owner)
                ? Wait(owner, call, instance)
                : null;
        }

        if (!_kinds.TryGetValue(type, out var kind))
        {
            return Named(call);
        }

        return kind switch
        {
            LockKind.Monitor => Monitor(call),
            LockKind.Lock => Plain(kind, call, "Enter", "TryEnter", "Exit"),
            LockKind.SpinLock => SpinLock(call),
            LockKind.Mutex => method.Name == "ReleaseMutex" ? On(call, kind, LockVerb.Release) : null,
            LockKind.Semaphore or LockKind.SemaphoreSlim => Semaphore(kind, call),
            LockKind.ReaderWriterLock => ReaderWriterLock(call),
            _ => ReaderWriterLockSlim(call),
        };
    }

    private static LockAction? Monitor(IInvocationOperation call)
    {
        if (call.Arguments.IsEmpty)
        {
            return null;
        }

        var verb = call.TargetMethod.Name switch
        {
            "Enter" => LockVerb.Acquire,
            "TryEnter" => VerbOfTry(call),
            "Exit" => LockVerb.Release,
            _ => (LockVerb?)null,
        };
        return verb is { } known
            ? new LockAction(LockKind.Monitor, LockMode.Exclusive, known, call, ArgumentOf(call, 0)!, Taken: TakenOf(call))
            : null;
    }

    private static LockAction? SpinLock(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Enter" => On(call, LockKind.SpinLock, LockVerb.Acquire) with { Taken = TakenOf(call) },
        "TryEnter" => On(call, LockKind.SpinLock, VerbOfTry(call)) with { Taken = TakenOf(call) },
        "Exit" => On(call, LockKind.SpinLock, LockVerb.Release),
        _ => null,
    };

    private LockAction? Semaphore(LockKind kind, IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "Wait" or "WaitAsync":
                return Wait(kind, call, call.Instance!);
            case "Release":
                var releasesOne = call.Arguments.Length == 0 || ArgumentOf(call, 0) is { ConstantValue: { HasValue: true, Value: 1 } };
                return On(call, kind, releasesOne ? LockVerb.Release : LockVerb.Other);
            default:
                return null;
        }
    }

    /// <summary>A static method is given the lock as its first argument; a receiver that an extension extends is one too.</summary>
    private LockAction? Named(IInvocationOperation call)
    {
        if (_named.Of(call.TargetMethod) is not var (pair, isAcquire) || (call.Instance ?? ArgumentOf(call, 0)) is not { } locked)
        {
            return null;
        }

        var result = call.TargetMethod.ReturnType;
        var isTask = TaskModels.IsTask(result, _types);
        var answer = isTask && result is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : result;
        var verb = !isAcquire ? LockVerb.Release : answer.SpecialType == SpecialType.System_Boolean ? LockVerb.TryAcquire : LockVerb.Acquire;
        return new LockAction(LockKind.Named, LockMode.Exclusive, verb, call, locked, CanThrow: isAcquire && HasToken(call), IsAwaited: isAcquire && isTask, Pair: pair);
    }

    private LockAction Wait(LockKind kind, IInvocationOperation call, IOperation instance)
    {
        // The token is looked at before anything else, so a cancelled one makes even a free semaphore throw.
        return new LockAction(
            kind, LockMode.Exclusive, VerbOfTry(call), call, instance, CanThrow: HasToken(call), IsAwaited: call.TargetMethod.Name == "WaitAsync");
    }

    private bool HasToken(IInvocationOperation call) =>
        call.Arguments.Any(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.Type, _types.CancellationToken) && !Tokens.IsNone(a.Value));

    private static LockAction? ReaderWriterLock(IInvocationOperation call)
    {
        // A timeout makes these throw; only an infinite one cannot.
        var canThrow = call.Arguments.Length > 0 && Timeouts.Of(ArgumentOf(call, 0)) != TimeoutLength.Infinite;
        return call.TargetMethod.Name switch
        {
            "AcquireReaderLock" => On(call, LockKind.ReaderWriterLock, LockVerb.Acquire, LockMode.Read) with { CanThrow = canThrow },
            "AcquireWriterLock" => On(call, LockKind.ReaderWriterLock, LockVerb.Acquire) with { CanThrow = canThrow },
            "ReleaseReaderLock" => On(call, LockKind.ReaderWriterLock, LockVerb.Release, LockMode.Read),
            "ReleaseWriterLock" => On(call, LockKind.ReaderWriterLock, LockVerb.Release),
            "UpgradeToWriterLock" or "DowngradeFromWriterLock" or "ReleaseLock" or "RestoreLock" => On(call, LockKind.ReaderWriterLock, LockVerb.Other),
            _ => null,
        };
    }

    private static LockAction? ReaderWriterLockSlim(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        var mode = name.EndsWith("UpgradeableReadLock", System.StringComparison.Ordinal) ? LockMode.Upgradeable
            : name.EndsWith("ReadLock", System.StringComparison.Ordinal) ? LockMode.Read
            : LockMode.Exclusive;
        return name switch
        {
            "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" => On(call, LockKind.ReaderWriterLockSlim, LockVerb.Acquire, mode),
            "TryEnterReadLock" or "TryEnterWriteLock" or "TryEnterUpgradeableReadLock" =>
                On(call, LockKind.ReaderWriterLockSlim, VerbOfTry(call), mode),
            "ExitReadLock" or "ExitWriteLock" or "ExitUpgradeableReadLock" => On(call, LockKind.ReaderWriterLockSlim, LockVerb.Release, mode),
            _ => null,
        };
    }

    private static LockAction? Plain(LockKind kind, IInvocationOperation call, string acquire, string tryAcquire, string release)
    {
        var name = call.TargetMethod.Name;
        return name == acquire ? On(call, kind, LockVerb.Acquire)
            : name == tryAcquire ? On(call, kind, VerbOfTry(call))
            : name == release ? On(call, kind, LockVerb.Release)
            : null;
    }

    private static LockAction On(IInvocationOperation call, LockKind kind, LockVerb verb, LockMode mode = LockMode.Exclusive) =>
        new(kind, mode, verb, call, call.Instance!);

    /// <summary>An acquire with a timeout may say no; without one, or with an infinite one, it does not.</summary>
    private static LockVerb VerbOfTry(IInvocationOperation call)
    {
        var timeout = TimeoutOf(call);
        var isTry = call.TargetMethod.Name.StartsWith("Try", System.StringComparison.Ordinal);
        return timeout is null ? (isTry ? LockVerb.TryAcquire : LockVerb.Acquire)
            : Timeouts.Of(timeout.Value) == TimeoutLength.Infinite ? LockVerb.Acquire
            : LockVerb.TryAcquire;
    }

    private static IArgumentOperation? TimeoutOf(IInvocationOperation call) => call.Arguments.FirstOrDefault(static a =>
        a.Parameter?.Type is { SpecialType: SpecialType.System_Int32 } or { Name: "TimeSpan", ContainingNamespace.Name: "System" });

    private static IOperation? TakenOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static a => a.Parameter?.RefKind == RefKind.Ref)?.Value;

    /// <summary>The argument of the parameter at <paramref name="ordinal"/>, whatever the order they are written in.</summary>
    private static IOperation? ArgumentOf(IInvocationOperation call, int ordinal) =>
        call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ordinal)?.Value;
}
