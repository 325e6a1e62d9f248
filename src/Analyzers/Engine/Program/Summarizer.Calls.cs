using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>What runs where: calls, creations, properties, the ends of scopes.</summary>
internal sealed partial class Summarizer
{
    private void Property(IPropertyReferenceOperation reference, IPropertySymbol property)
    {
        var types = _model.Types;
        if (property.DeclaringSyntaxReferences.IsEmpty)
        {
            if (DisposalModels.Throws(property, reference.Instance?.Type, types))
            {
                AddObject(StepKind.Use, reference.Instance, IsAlways, reference);
            }

            _hasScopes |= property.Name is "IsHeldByCurrentThread" or "IsWriteLockHeld" or "IsWriterLockHeld" or "IsReadLockHeld" or "IsReaderLockHeld" or "IsUpgradeableReadLockHeld";
            if (WaitModels.TellsOfEnd(property, types) || property.ContainingType is { Name: "Lazy" })
            {
                Add(StepKind.Wait, reference);
            }
            else if (property.ContainingType.ContainingNamespace?.ToDisplayString() is not { } space || !space.StartsWith("System", System.StringComparison.Ordinal))
            {
                // Code of other packages.
                Add(StepKind.Work, reference);
            }
            else if (space.StartsWith("System.Threading", System.StringComparison.Ordinal))
            {
                Add(StepKind.Order, reference);
            }

            return;
        }

        var isTarget = StraightLine.IsTarget(reference);
        var arguments = Arguments(reference.Arguments);
        if ((!isTarget || reference.Parent is not ISimpleAssignmentOperation) && property.GetMethod is { } get)
        {
            AddCall(get, reference.Instance, arguments, reference);
        }

        if (isTarget && property.SetMethod is { } set)
        {
            AddCall(set, reference.Instance, arguments.Add(reference.Parent is ISimpleAssignmentOperation assignment ? OriginOf(assignment.Value) : null), reference);
        }
    }

    private void Create(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor)
        {
            return;
        }

        if (ForkModels.IsFork(constructor, _model.Types))
        {
            // Nothing runs before its start; a timer is nobody's to follow.
            if (ForkModels.KindOf(constructor, _model.Types) == ForkKind.Timer)
            {
                Add(StepKind.Wait, creation);
            }
        }
        else if (!constructor.DeclaringSyntaxReferences.IsEmpty)
        {
            AddCall(constructor, null, Arguments(creation.Arguments), creation);
        }
    }

    private void Call(IInvocationOperation call)
    {
        var (method, types) = (call.TargetMethod, _model.Types);
        if (DisposalModels.IsDisposal(method, types))
        {
            Disposal(call);
            return;
        }

        if (DisposalModels.Throws(method, call.Instance?.Type, types))
        {
            AddObject(StepKind.Use, call.Instance, IsAlways, call);
        }

        switch (ForkModels.KindOf(method, types))
        {
            case ForkKind.None:
                break;
            case ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem:
                Add(new Step(StepKind.Fork, call.Syntax.Span) { IsAlways = IsAlways }, call);
                return;
            default:
                Add(StepKind.Wait, call);
                return;
        }

        switch (WaitModels.ActionOf(method, types))
        {
            case HandleAction.None:
                break;
            case HandleAction.Start:
                Add(new Step(StepKind.Fork, call.Syntax.Span) { IsAlways = IsAlways }, call);
                return;
            default:
                Add(StepKind.Wait, call);
                return;
        }

        if (_model.Locks.MeaningOf(call) is { Kind: LockKind.Monitor or LockKind.Lock or LockKind.ReaderWriterLockSlim or LockKind.ReaderWriterLock or LockKind.SpinLock })
        {
            Add(StepKind.Lock, call);
            return;
        }

        _hasScopes |= method.Name == "IsEntered";
        if (WaitModels.IsPause(call, types) || WaitModels.IsQuiet(method, types) || method.Name is "ConfigureAwait" || RunsHere(call))
        {
            return;
        }

        if (method.MethodKind != MethodKind.DelegateInvoke && (method.MethodKind == MethodKind.LocalFunction || !method.DeclaringSyntaxReferences.IsEmpty))
        {
            AddCall(method, call.Instance, Arguments(call.Arguments), call);
        }
        else
        {
            Add(WaitModels.NeedsNobody(method, types) || method.Name == "GetAwaiter" ? StepKind.Work : StepKind.Wait, call);
        }
    }

    /// <summary><c>file?.Dispose()</c> is sure to dispose of whatever there is.</summary>
    private void Disposal(IInvocationOperation call)
    {
        var asked = call.Instance is IConditionalAccessInstanceOperation ? call.Parent as IConditionalAccessOperation : null;
        AddObject(StepKind.Disposal, asked?.Operation ?? call.Instance, !_hasLeft && _doubts == (asked is null ? 0 : 1), call);
    }

    private void AddObject(StepKind kind, IOperation? named, bool isAlways, IOperation at)
    {
        if (isAlways && OriginOf(named)?.Path is { } place)
        {
            Add(new Step(kind, at.Syntax.Span) { Place = place, IsAlways = true }, at);
        }
    }

    /// <summary>A call of the framework that runs the functions it is given before it returns: lambdas are part of the walk, and methods whose names it is given are called.</summary>
    private bool RunsHere(IInvocationOperation call)
    {
        var isGiven = false;
        foreach (var argument in call.Arguments.Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate))
        {
            if (argument.Value is not IDelegateCreationOperation { Target: var target } || !(target switch
            {
                IAnonymousFunctionOperation lambda => TypeAccesses.RoleOf(lambda, _model) == FunctionRole.Inline,
                IMethodReferenceOperation { Method: var named } method => (!named.DeclaringSyntaxReferences.IsEmpty || WaitModels.IsQuiet(named, _model.Types)) && RunAtOnce.ByFramework(method, _model),
                _ => false,
            }))
            {
                return false;
            }

            isGiven = true;
        }

        if (!isGiven || !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: { DeclaringSyntaxReferences.IsEmpty: false } named } method })
            {
                // There may be nothing to run it for.
                _doubts++;
                AddCall(named, method.Instance, named.Parameters.Select(static _ => default(Origin?)).ToImmutableArray(), call);
                _doubts--;
            }
        }

        return true;
    }

    private void AddCall(IMethodSymbol target, IOperation? receiver, ImmutableArray<Origin?> arguments, IOperation at)
    {
        target = (target.ReducedFrom ?? target).OriginalDefinition;
        target = target.PartialImplementationPart ?? target;
        var isBase = receiver is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        Add(new Step(StepKind.Call, at.Syntax.Span) { IsAlways = IsAlways, IsForOne = Sharing.IsForOne(at, _block), Call = new Call(target, OriginOf(receiver), arguments, isBase || !ForkBodies.MayBeOverridden(target)) }, at);
    }

    /// <summary>The end of a <c>using</c> runs code that is not followed.</summary>
    private void Dispose(IOperation scope)
    {
        _hasScopes = true;
        var resources = scope is IUsingOperation block ? block.Resources : ((IUsingDeclarationOperation)scope).DeclarationGroup;
        var types = resources.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol.Type).DefaultIfEmpty(resources.Type);
        if (!types.All(static type => type?.ContainingNamespace?.ToDisplayString() is { } space && (space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal))))
        {
            Add(StepKind.Wait, scope);
        }
    }
}
