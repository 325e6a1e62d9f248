using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>What one thread does that begins with a function: its accesses and those of the functions of the type that it calls, each with the locks held since the beginning.</summary>
internal sealed class Side
{
    private readonly List<(Access Access, LockSet Held)> _accesses = [];
    private readonly TypeAccesses _type;
    private readonly HashSet<CodeFunction> _path = [];

    private Side(CodeFunction function, TypeAccesses type)
    {
        Function = function;
        _type = type;
        Reach(function, LockSet.Empty);
    }

    public CodeFunction Function { get; }

    public IReadOnlyList<(Access Access, LockSet Held)> Accesses => _accesses;

    /// <summary>Whether something on the way may wait for a step of another thread, or tell another one to go on.</summary>
    public bool Waits { get; private set; }

    public static Side Of(CodeFunction function, TypeAccesses type) => new(function, type);

    private void Reach(CodeFunction function, LockSet held)
    {
        if (!_path.Add(function))
        {
            return;
        }

        Waits |= function.Waits || function.Body.HitBound;
        foreach (var access in function.Accesses)
        {
            _accesses.Add((access, held.And(access.Held)));
        }

        foreach (var inner in function.Inner)
        {
            Reach(inner, held.And(inner.Given));
        }

        if (_path.Count <= Limits.CallDepth)
        {
            foreach (var call in function.Calls.Where(static c => c.IsCall && !MayBeOverridden(c.Target)))
            {
                if (_type.FunctionOf(call.Target) is { } target)
                {
                    Reach(target, held.And(call.Held));
                }
            }
        }

        _path.Remove(function);
    }

    private static bool MayBeOverridden(IMethodSymbol method) => method.IsAbstract || ((method.IsVirtual || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed);
}
