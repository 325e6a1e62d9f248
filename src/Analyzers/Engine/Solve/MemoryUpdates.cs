using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A value of shared memory that is read, changed and written back, with nothing that keeps other processes from doing the same in between.</summary>
/// <param name="Write">The write; a change of a property that reads and writes (<c>Count++</c>).</param>
/// <param name="Read">The read.</param>
/// <param name="Body">The body of the write.</param>
/// <param name="Memory">The variable of the memory.</param>
/// <param name="Map">The call that makes or opens the map.</param>
/// <param name="Gates">The locks that are held, which other processes do not know.</param>
internal sealed record MemoryUpdate(IOperation Write, IOperation Read, BodyFacts Body, ISymbol Memory, IInvocationOperation Map, ImmutableArray<HeldLock> Gates);

/// <summary>
/// The updates of memory that several processes which run this code share. Silent where a lock of all processes may be held, also by a caller, and where a single
/// writer is likely: two functions that update a place each are the two ends of a queue, and so is one that looks at another place or writes to a computed one; and where each object has a place of its own.
/// </summary>
internal sealed class MemoryUpdates
{
    private readonly TypeFacts _type;
    private readonly MappedViews _views;
    private readonly NamedGates _gates;

    /// <summary>The members that may run while a named lock of the type is held.</summary>
    private readonly HashSet<ISymbol> _holders = new(SymbolEqualityComparer.Default);

    private MemoryUpdates(TypeFacts type, MappedViews views)
    {
        _type = type;
        _views = views;
        _gates = new NamedGates(type);
        Found = All().ToImmutableArray();
    }

    /// <summary>The updates, those of one memory together.</summary>
    public ImmutableArray<ImmutableArray<MemoryUpdate>> Found { get; }

    /// <summary>The updates of a type; null for a type that does nothing through views.</summary>
    public static MemoryUpdates? Of(TypeFacts type) => MappedViews.Of(type) is { } views ? type.Once(type => new MemoryUpdates(type, views)) : null;

    private IEnumerable<ImmutableArray<MemoryUpdate>> All()
    {
        var pairs = _views.Accesses.Where(static w => w is { IsWrite: true, IsOfArray: false, Memory: not null }).SelectMany(Direct).Concat(ByProperty()).ToList();
        if (pairs.Count == 0 || MayBeGuardedElsewhere())
        {
            yield break;
        }

        foreach (var memory in pairs.GroupBy(static p => p.Write.Memory!).Where(g => !IsQueue(g.ToList())))
        {
            var updates = memory.Select(Update).OfType<MemoryUpdate>().OrderBy(static u => u.Write.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal).ThenBy(static u => u.Write.Syntax.SpanStart).ToImmutableArray();
            if (updates.Length > 0)
            {
                yield return updates;
            }
        }
    }

    private MemoryUpdate? Update(Pair pair)
    {
        var view = _views.ViewOf(pair.Write);
        if (_holders.Contains(pair.Body.Owner.OriginalDefinition) || view is not { } known || _views.MapOf(view) is not { } map || MappedMemoryModels.IsReadOnly(known.Call) || MappedMemoryModels.IsReadOnly(map.Call) || !MappedMemoryModels.IsForMany(map.Call, _views.FileOf(map)) ||
            MappedMemoryModels.ReachOf(map.Call, _views.FileOf(map)) != MapReach.Shared || ForeignNames.IsOfMap(map.Call, map.Body, _type) || IsOwnPlace(pair.Write) || TypeAccesses.Of(_type).Around(pair.At, pair.Body) is not { } function)
        {
            return null;
        }

        var held = EntryLocks.Of(_type).At(HeldAround.Of(pair.Body).At(pair.At), function);
        return held.IsUnknown ? null : new MemoryUpdate(pair.At, pair.ReadAt, pair.Body, pair.Write.Memory!.Variable, map.Call, held.Locks);
    }

    /// <summary>A write whose value comes from a read of the same place in the same function, or in those that call it with the value.</summary>
    private IEnumerable<Pair> Direct(MappedAccess write) => Direct(write, write.Call, write.Call.Arguments.First(static a => a.Parameter?.Ordinal == 1).Value, write.Body, 0);

    private IEnumerable<Pair> Direct(MappedAccess write, IOperation at, IOperation value, BodyFacts body, int depth) =>
        Sources(value, body, 0).FirstOrDefault(source => IsSamePlace(source.Read, write)) is { Read: not null } found ? [new Pair(write, at, found.At, body)]
            : depth < Limits.CallDepth ? value.DescendantsAndSelf().OfType<IParameterReferenceOperation>().SelectMany(parameter => ByCallers(write, parameter.Parameter, depth))
            : [];

    /// <summary>The calls of a private helper whose argument is made of the old value: there the update is made.</summary>
    private IEnumerable<Pair> ByCallers(MappedAccess write, IParameterSymbol parameter, int depth) => parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } helper }
        ? _type.AllBodies().SelectMany(body => body.Root.Descendants().OfType<IInvocationOperation>()
            .Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, helper.OriginalDefinition) && ValueSource.IsOwn(call.Instance))
            .SelectMany(call => call.Arguments.Where(a => a.Parameter?.Ordinal == parameter.Ordinal).SelectMany(a => Direct(write, call, a.Value, body, depth + 1))))
        : [];

    /// <summary><c>Count++</c> where the accessors read and write one place.</summary>
    private IEnumerable<Pair> ByProperty()
    {
        foreach (var body in _type.AllBodies())
        {
            foreach (var change in body.Root.Descendants())
            {
                var target = change switch
                {
                    IIncrementOrDecrementOperation increment => increment.Target,
                    ICompoundAssignmentOperation compound => compound.Target,
                    _ => null,
                };
                if (target is IPropertyReferenceOperation property && ValueSource.IsOwn(property.Instance) && OnlyAccess(property.Property.SetMethod) is { IsWrite: true, IsOfArray: false, Memory: not null } write &&
                    OnlyAccess(property.Property.GetMethod) is { IsWrite: false } read && IsSamePlace(read, write))
                {
                    yield return new Pair(write, change, change, body);
                }
            }
        }
    }

    /// <summary>The reads that a value is computed from, through locals and members that return them.</summary>
    private IEnumerable<(MappedAccess Read, IOperation At)> Sources(IOperation value, BodyFacts body, int depth)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation call when _views.Accesses.FirstOrDefault(a => a.Call == call && !a.IsWrite) is { } read:
                    yield return (read, call);
                    break;
                case IInvocationOperation or IPropertyReferenceOperation when depth < Limits.CallDepth:
                    foreach (var read in Returned(part, depth))
                    {
                        yield return (read, part);
                    }

                    break;
                case ILocalReferenceOperation local when depth < Limits.CallDepth:
                    foreach (var given in Given(local.Local, value, body).SelectMany(given => Sources(given, body, depth + 1)))
                    {
                        yield return given;
                    }

                    break;
            }
        }
    }

    /// <summary>The reads that a member of the type returns the value of.</summary>
    private IEnumerable<MappedAccess> Returned(IOperation call, int depth)
    {
        var member = call switch
        {
            IInvocationOperation invocation when ValueSource.IsOwn(invocation.Instance) => invocation.TargetMethod,
            IPropertyReferenceOperation property when ValueSource.IsOwn(property.Instance) => property.Property.GetMethod,
            _ => null,
        };
        return member is not null && _type.AllBodies().FirstOrDefault(b => SymbolEqualityComparer.Default.Equals(b.Owner, member.OriginalDefinition)) is { } body
            ? Operations.OfFunction(body.Root).OfType<IReturnOperation>().Select(static r => r.ReturnedValue).OfType<IOperation>().SelectMany(value => Sources(value, body, depth + 1)).Select(static source => source.Read)
            : [];
    }

    /// <summary>What the local is given before the value is made: what it is declared with or assigned, and a read that has it for its <c>out</c> argument.</summary>
    private static IEnumerable<IOperation> Given(ILocalSymbol local, IOperation value, BodyFacts body)
    {
        foreach (var operation in body.Root.Descendants().Where(o => o.Syntax.SpanStart < value.Syntax.SpanStart))
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { } initializer:
                    yield return initializer.Value;
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Local, local) && !assignment.IsAround(value):
                    yield return assignment.Value;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Read" } call when call.Arguments.Any(a => a.Parameter?.RefKind == RefKind.Out &&
                    (a.Value is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } ? declared : a.Value as ILocalReferenceOperation)?.Local is { } given && SymbolEqualityComparer.Default.Equals(given, local)):
                    yield return call;
                    break;
            }
        }
    }

    /// <summary>The access that is all a member does with mapped memory.</summary>
    private MappedAccess? OnlyAccess(IMethodSymbol? member)
    {
        var accesses = member is null ? [] : _views.Accesses.Where(a => SymbolEqualityComparer.Default.Equals(a.Body.Owner, member.OriginalDefinition)).Take(2).ToList();
        return accesses.Count == 1 ? accesses[0] : null;
    }

    private static bool IsSamePlace(MappedAccess read, MappedAccess write) => Equals(read.Memory, write.Memory) && !read.IsOfArray &&
        (read.Start is { } start ? start == write.Start : read.ViewStart == write.ViewStart && read.ViewStart is not null && write.Start is null && read.Body == write.Body && SyntaxFactory.AreEquivalent(read.Position.Syntax, write.Position.Syntax));

    /// <summary>Whether it writes to a place that is computed of what the object, or the process, is: the usual layout without locks has one for each.</summary>
    private static bool IsOwnPlace(MappedAccess write) => write.Start is null && IsOwn(write.Position, write.Body, 0);

    private static bool IsOwn(IOperation position, BodyFacts body, int depth) => position.DescendantsAndSelf().Any(part => part switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation => !part.ConstantValue.HasValue,
        ILocalReferenceOperation { Local: var local } => depth < Limits.CallDepth && Locals.OnlyValue(local, body.Root) is { } made && IsOwn(made, body, depth + 1),
        _ => false,
    });

    private bool IsQueue(IReadOnlyList<Pair> pairs)
    {
        var ends = pairs.GroupBy(static p => p.At.FunctionAround() ?? p.Body.Owner, SymbolEqualityComparer.Default).Select(static g => g.Select(static p => p.Write.Start).Distinct().ToList()).ToList();
        return (ends.Count > 1 && ends.SelectMany(static e => e).Distinct().Count() > 1) || pairs.Any(pair => _views.Accesses.Any(other => (other.Body == pair.Body || other.Body == pair.Write.Body) && Equals(other.Memory, pair.Write.Memory) &&
            !pairs.Any(p => IsSamePlace(other, p.Write)) && (!other.IsWrite || other.Start is null)));
    }

    /// <summary>
    /// Whether a caller, a file or an atomic operation may keep other processes out: code that names the type, or what it is seen as, speaks of a lock that can have a name; the type has such a lock with a name, or from elsewhere; it opens a
    /// file for itself alone, locks a part of one, calls the system itself, or takes the address of the memory.
    /// </summary>
    private bool MayBeGuardedElsewhere()
    {
        var model = _type.AllBodies()[0].Model;
        var names = _type.Type.AllInterfaces.Add(_type.Type).Where(static t => t.Locations.Any(static l => l.IsInSource)).Select(static t => t.Name).ToImmutableHashSet();
        var space = _type.Type.ContainingNamespace.ToDisplayString().Split('.');
        return model.Compilation.SyntaxTrees.Any(tree => (TreeGate.WordsOf(tree, model, default) & BodyContents.ProcessLocks) != 0 && MayHold(tree, names, _type.Type.ContainingNamespace.IsGlobalNamespace ? [] : space)) ||
            _type.AllBodies().Any(body => body.Root.DescendantsAndSelf().Any(operation => IsGuard(operation, body)));
    }

    /// <summary>Whether the file, the type left out, names one of the types and a lock that can have a name, and is of the namespace or speaks of it.</summary>
    private bool MayHold(SyntaxTree tree, ImmutableHashSet<string> names, string[] space)
    {
        var parts = _type.Type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).ToList();
        var (isNamed, isLock) = (false, false);
        var isNear = space.All(name => tree.GetRoot().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name));
        foreach (var token in isNear ? tree.GetRoot().DescendantTokens(node => !parts.Contains(node)).Where(static t => t.IsKind(SyntaxKind.IdentifierToken)) : [])
        {
            isNamed |= names.Contains(token.ValueText);
            isLock |= TreeGate.IsProcessLock(token.ValueText);
        }

        return isNamed && isLock;
    }

    private bool IsGuard(IOperation operation, BodyFacts body) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "SafeMemoryMappedViewHandle", ContainingType.Name: "MemoryMappedViewAccessor" } } => true,
        IArgumentOperation { Parameter.Type: { Name: "FileShare", ContainingNamespace.Name: "IO" }, Value.ConstantValue: { HasValue: true, Value: 0 } } => true,
        IInvocationOperation { TargetMethod: var called } when called.IsExtern || MappedMemoryModels.LocksFile(called) => true,
        IFieldReferenceOperation field => NamedPrimitives.Is(field.Type, body.Model.Types) && !SymbolEqualityComparer.Default.Equals(field.Field.ContainingType.OriginalDefinition, _type.Type.OriginalDefinition),
        ILocalReferenceOperation or IVariableDeclaratorOperation or IConversionOperation or ILiteralOperation or IDefaultValueOperation or ISimpleAssignmentOperation => false,
        IObjectCreationOperation creation => NamedPrimitives.Is(creation.Type, body.Model.Types) && NamedPrimitives.NameOf(creation) is not null && !IsOfKnownHolders(creation, body),
        IInvocationOperation call => NamedPrimitives.Is(call.Type, body.Model.Types) || (call.TargetMethod is { IsStatic: true, Name: "TryOpenExisting" or "OpenExisting" } && NamedPrimitives.Is(call.TargetMethod.ContainingType, body.Model.Types)),
        _ => operation is IParameterReferenceOperation or IPropertyReferenceOperation && NamedPrimitives.Is(operation.Type, body.Model.Types),
    };

    /// <summary>A named lock of the type of which all holders are seen: it guards what they do and nothing else.</summary>
    private bool IsOfKnownHolders(IObjectCreationOperation creation, BodyFacts body)
    {
        if (_gates.Holders(creation, body) is not { } holders)
        {
            return false;
        }

        _holders.UnionWith(holders);
        return true;
    }

    private readonly record struct Pair(MappedAccess Write, IOperation At, IOperation ReadAt, BodyFacts Body);
}
