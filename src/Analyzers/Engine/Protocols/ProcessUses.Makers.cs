using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>Helpers that start a process and return it.</summary>
internal sealed partial class ProcessUses
{
    /// <summary>
    /// Takes what a helper of the file does with the one process that it makes and returns, itself or by a helper of its own. False where it may return another one, where anything may have
    /// become of the process, and where a lambda or another member mentions it.
    /// </summary>
    public bool TakeMaker(IInvocationOperation call, ImmutableArray<IOperation> outer)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (outer.Length >= Limits.CallDepth || method is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } || Declaration(method, body) is not { } declaration ||
            body.Root.SemanticModel?.GetOperation(declaration, body.Cancellation) is not { } root)
        {
            return false;
        }

        outer = outer.Add(call);
        var returned = Operations.OfFunction(root is ILocalFunctionOperation { Body: { } block } ? block : root).OfType<IReturnOperation>().Select(static r => Conversions.WithoutBuiltIn(r.ReturnedValue))
            .Where(static v => v is not null and not { ConstantValue: { HasValue: true, Value: null } }).ToList();
        if (returned.Count == 1 && returned[0] is IInvocationOperation direct)
        {
            return TakeOrigin(direct, outer);
        }

        if (returned.Count == 0 || returned.Select(static v => (v as ILocalReferenceOperation)?.Local).Distinct<ISymbol?>(SymbolEqualityComparer.Default).Count() != 1 || returned[0] is not ILocalReferenceOperation { Local: var local })
        {
            return false;
        }

        var mentions = ImmutableArray.CreateRange<IOperation>(Locals.Uses(local, root));
        return TakeOrigin(StartedProcess.OnlyCreation(local, mentions, root), outer) &&
            mentions.All(use => SymbolEqualityComparer.Default.Equals(use.FunctionAround(), returned[0]!.FunctionAround()) && (returned.Contains(use) || TakeProcess(use, outer)));
    }

    private bool TakeOrigin(IOperation? created, ImmutableArray<IOperation> outer)
    {
        switch (created)
        {
            case IObjectCreationOperation creation when KnownType.Is(creation.Type, body.Model.Types.Process):
                return TakeInitializer(creation);
            case IInvocationOperation call when ProcessModels.IsStart(call.TargetMethod, body.Model.Types):
                Add(ProcessAction.Start, ProcessPipe.None, call, outer);
                return true;
            case IInvocationOperation call:
                return TakeMaker(call, outer);
            default:
                return false;
        }
    }
}
