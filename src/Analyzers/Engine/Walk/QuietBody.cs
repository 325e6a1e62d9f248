using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// Finds out, along the one pass over a body, whether the method comes back whatever it is given: nothing is thrown, nothing waited for, no loop may
/// go on for ever, and all calls only tell, keep, or are of members of the type, which must be quiet too.
/// </summary>
internal struct QuietBody(ISymbol owner, Model model, TypeFacts? type)
{
    private readonly Model _model = model;
    private readonly TypeFacts? _type = type;
    private ImmutableArray<IMethodSymbol>.Builder? _calls;

    /// <summary>Whether nothing has spoken against it so far.</summary>
    public bool IsQuiet { get; private set; } =
        type is not null && owner is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsAbstract: false, IsOverride: false };

    /// <summary>Whether besides nothing in it can throw, if nothing in the members that it calls can.</summary>
    public bool NeverThrows { get; private set; } = true;

    /// <summary>The members of the type that it calls.</summary>
    public readonly ImmutableArray<IMethodSymbol> Calls => _calls?.ToImmutable() ?? ImmutableArray<IMethodSymbol>.Empty;

    public void See(IOperation operation)
    {
        if (IsQuiet)
        {
            // What a collection keeps, or whoever waits is told, may fail all the same.
            NeverThrows &= operation is not IInvocationOperation { IsImplicit: false } told || !_model.Throws.MayThrow(told) || PlainCalls.Tells(told.TargetMethod, _model.Types) || Is(told.TargetMethod.ContainingType, _type!.Type);
            IsQuiet = operation switch
            {
                IInvocationOperation { IsImplicit: false } call => IsPlain(call) || IsOwn(call.TargetMethod),
                IAwaitOperation wait => !_model.Throws.MayThrow(wait) || (Conversions.WithoutAny(wait.Operation) is IInvocationOperation call && IsOwn(call.TargetMethod)),
                ILoopOperation loop => loop.LoopKind == LoopKind.ForEach,
                IThrowOperation or ILabeledOperation or IUsingOperation or IUsingDeclarationOperation or IAnonymousFunctionOperation or ILocalFunctionOperation => false,
                _ => !_model.Throws.MayThrow(operation),
            };
        }
    }

    private readonly bool IsPlain(IInvocationOperation call) => !NoReturn.Is(call) && (!_model.Throws.MayThrow(call) || PlainCalls.Tells(call.TargetMethod, _model.Types) ||
        PlainCalls.Keeps(call.TargetMethod, _model.Types) || PlainCalls.MayRunTwice(call.TargetMethod, _model.Types));

    private bool IsOwn(IMethodSymbol method)
    {
        if (!Is(method.ContainingType, _type!.Type))
        {
            return false;
        }

        (_calls ??= ImmutableArray.CreateBuilder<IMethodSymbol>()).Add(method);
        return true;
    }
}
