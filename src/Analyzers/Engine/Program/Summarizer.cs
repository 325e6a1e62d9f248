using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>
/// Makes the summary of a member from its operations, in one walk in the order of evaluation. What comes in a <c>catch</c> is left out: a run that meets it is no certain one. What
/// nothing is known of is a step that waits, so that whoever follows the steps stops there.
/// </summary>
internal sealed partial class Summarizer
{
    private readonly Model _model;
    private readonly BodySummary _body;
    private readonly Dictionary<IMethodSymbol, FunctionSummary> _lambdas = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _reassigned = new(SymbolEqualityComparer.Default);

    /// <summary>Each step with what it was made from, in the order of the steps; kept only where a fork may ask.</summary>
    private readonly List<(IOperation At, IInvocationOperation? Query, Step Step)> _made = [];
    private FunctionSummary _function = null!;
    private BodyFacts _block = null!;
    private bool _hasScopes;
    private ISymbol _owner;
    private IInvocationOperation? _query;
    private int _loops;
    private int _depth;
    private bool _isLeftOut;

    /// <summary>How many conditions the walk is within.</summary>
    private int _doubts;

    /// <summary>The function may have returned before it comes here.</summary>
    private bool _hasLeft;

    private Summarizer(ISymbol owner, SyntaxTree tree, Model model)
    {
        _model = model;
        _owner = owner;
        _body = new BodySummary(owner, tree);
    }

    /// <summary>The summary of the member whose blocks are given.</summary>
    public static BodySummary Of(ISymbol owner, IEnumerable<BodyFacts> blocks)
    {
        Summarizer? summarizer = null;
        foreach (var block in blocks)
        {
            if (summarizer is null)
            {
                summarizer = new Summarizer(owner, block.Root.Syntax.SyntaxTree, block.Model);
                summarizer.Begin(new FunctionSummary(owner as IMethodSymbol, summarizer._body));
            }

            summarizer._block = block;
            summarizer.Walk(block.Root);
            summarizer.AddLocks(block);
            summarizer.AddForks(block);
            summarizer._body.EarlyExits.AddRange(EarlyExit.Of(block, summarizer._body));
            summarizer._body.Given ??= Given.Of(block);
            summarizer._made.Clear();
        }

        summarizer!.End();
        return summarizer._body;
    }

    private void Begin(FunctionSummary function)
    {
        _body.Functions.Add(function);
        _function = function;
    }

    /// <summary>Variables that no other function names are nobody else's.</summary>
    private void End()
    {
        foreach (var function in _body.Functions)
        {
            function.Steps.RemoveAll(s => s is { Kind: StepKind.Access, Place: { Root: PathRoot.Local or PathRoot.Parameter, Steps.IsEmpty: true } place } && !_captured.Contains(place.Symbol!) && !s.IsOfGiven);
        }

        foreach (var local in _reassigned)
        {
            _body.Locals[local] = default;
        }
    }

    private void Add(Step step, IOperation at)
    {
        // One wait is as good as two.
        if (!_isLeftOut && !(step.Kind is StepKind.Wait or StepKind.Work && _function.Steps is { Count: > 0 } steps && steps[steps.Count - 1].Kind == step.Kind))
        {
            _function.Steps.Add(step);
            _made.Add((at, _query, step));
        }
    }

    private bool IsAlways => _doubts == 0 && !_hasLeft;

    private void Add(StepKind kind, IOperation at) => Add(new Step(kind, at.Syntax.Span), at);

    private void Children(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Walk(child);
        }
    }

    private void Walk(IOperation? operation)
    {
        if (operation is null)
        {
            return;
        }

        if (_depth >= Limits.ExpressionDepth)
        {
            Add(StepKind.Wait, operation);
            return;
        }

        _depth++;
        Visit(operation);
        _depth--;
    }

    private void Visit(IOperation operation)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation lambda:
                Lambda(lambda);
                break;
            case ILocalFunctionOperation local:
                Nested(new FunctionSummary(local.Symbol, _body), local.Symbol, local.Body);
                break;
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or ILiteralOperation or IInstanceReferenceOperation:
                break;
            case ILockOperation statement:
                Walk(statement.LockedValue);
                Add(StepKind.Lock, statement.LockedValue);
                Walk(statement.Body);
                break;
            case ILoopOperation loop:
                Loop(loop);
                break;
            case ITryOperation attempt:
                _hasScopes |= attempt.Finally is not null;
                var hadLeft = _hasLeft;
                Walk(attempt.Body, isDoubtful: !attempt.Catches.IsEmpty);
                var isLeftOut = _isLeftOut;
                _isLeftOut = true;
                foreach (var handler in attempt.Catches)
                {
                    Walk(handler);
                }

                _isLeftOut = isLeftOut;
                (_hasLeft, hadLeft) = (hadLeft, _hasLeft);
                Walk(attempt.Finally);
                _hasLeft |= hadLeft;
                break;
            case IConditionalOperation choice:
                Walk(choice.Condition);
                Walk(choice.WhenTrue, isDoubtful: true);
                Walk(choice.WhenFalse, isDoubtful: true);
                break;
            case ISwitchOperation or ISwitchExpressionOperation or IConditionalAccessOperation or ICoalesceOperation or
                 IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                FirstForSure(operation);
                break;
            case IBranchOperation branch:
                _hasLeft |= branch.BranchKind != BranchKind.Break || LeavesLoop(branch);
                break;
            case IVariableDeclaratorOperation declarator:
                Children(declarator);
                Declare(declarator);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                Walk(deconstruction.Value);
                Walk(deconstruction.Target);
                break;
            case IAssignmentOperation assignment:
                _doubts += assignment is ICoalesceAssignmentOperation ? 1 : 0;
                Assign(assignment.Target, assignment.Value);
                _doubts -= assignment is ICoalesceAssignmentOperation ? 1 : 0;
                break;
            case IIncrementOrDecrementOperation step:
                Assign(step.Target, null);
                break;
            case IInvocationOperation call:
                Children(call);
                Call(call);
                break;
            case IObjectCreationOperation creation:
                foreach (var argument in creation.Arguments)
                {
                    Walk(argument);
                }

                Create(creation);
                Walk(creation.Initializer);
                break;
            case IAwaitOperation wait:
                Walk(wait.Operation);
                Add(ForkWrites.IsHarmless(wait, _model.Types) ? StepKind.Order : StepKind.Wait, wait);

                break;
            case IDynamicInvocationOperation or IDynamicIndexerAccessOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation:
                Children(operation);
                Add(StepKind.Wait, operation);
                break;
            case IEventAssignmentOperation or IRaiseEventOperation:
                Children(operation);
                Add(StepKind.Work, operation);
                break;
            case IUsingOperation or IUsingDeclarationOperation:
                Children(operation);
                Dispose(operation);
                break;
            case IReturnOperation returned:
                Children(operation);
                _function.IsDeferred |= returned.Kind != OperationKind.Return;
                _hasLeft |= !returned.IsImplicit;
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation:
                Children(operation);
                Reference(operation);
                break;
            default:
                Children(operation);
                break;
        }
    }

    private void Lambda(IAnonymousFunctionOperation lambda)
    {
        if (TypeAccesses.RoleOf(lambda, _model) != FunctionRole.Inline)
        {
            var function = new FunctionSummary(null, _body);
            _lambdas[lambda.Symbol] = function;
            Nested(function, lambda.Symbol, lambda.Body);
            return;
        }

        var (owner, query) = (_owner, _query);
        _owner = lambda.Symbol;
        var call = lambda.AncestorsAndSelf().OfType<IInvocationOperation>().FirstOrDefault();
        _query ??= call;
        if (lambda.Symbol.Parameters.Length == 1 && (call?.Instance ?? call?.Arguments.FirstOrDefault()?.Value) is { } collection)
        {
            Each(lambda.Symbol.Parameters[0], collection);
        }

        var hadLeft = _hasLeft;
        Walk(lambda.Body, isDoubtful: true);
        (_owner, _query, _hasLeft) = (owner, query, hadLeft);
    }

    private void Nested(FunctionSummary function, IMethodSymbol symbol, IOperation? block)
    {
        var (outer, owner, query, loops, isLeftOut, doubts, hasLeft) = (_function, _owner, _query, _loops, _isLeftOut, _doubts, _hasLeft);
        (_owner, _query, _loops, _isLeftOut, _doubts, _hasLeft) = (symbol, null, 0, false, 0, false);
        Begin(function);
        Walk(block);
        (_function, _owner, _query, _loops, _isLeftOut, _doubts, _hasLeft) = (outer, owner, query, loops, isLeftOut, doubts, hasLeft);
    }

    private void Loop(ILoopOperation loop)
    {
        if (loop is IForEachLoopOperation { IsAsynchronous: true } || (loop is IWhileLoopOperation spin && TypeAccesses.IsSpin(spin)))
        {
            Add(StepKind.Wait, loop);
        }
        else if (ForkWrites.EndsFromOutside(loop))
        {
            Add(StepKind.Loop, loop);
        }

        // What goes over a number of things is sure to come to one; what goes on while something holds is not.
        var isOpen = ForkEffects.IsOpen(loop);
        _doubts += isOpen ? 1 : 0;
        switch (loop)
        {
            case IWhileLoopOperation or IForLoopOperation { Condition: null }:
                _loops++;
                Children(loop);
                _loops--;
                break;
            case IForLoopOperation counted:
                foreach (var before in counted.Before)
                {
                    Walk(before);
                }

                _loops++;
                Walk(counted.Condition);
                _loops--;
                Walk(counted.Body);
                foreach (var bottom in counted.AtLoopBottom)
                {
                    Walk(bottom);
                }

                break;
            case IForEachLoopOperation each:
                Walk(each.Collection);
                if (each.Locals.Length == 1)
                {
                    Each(each.Locals[0], each.Collection);
                }

                Walk(each.Body);
                break;
            default:
                Children(loop);
                break;
        }

        _doubts -= isOpen ? 1 : 0;
    }

    private void Walk(IOperation? operation, bool isDoubtful)
    {
        _doubts += isDoubtful ? 1 : 0;
        Walk(operation);
        _doubts -= isDoubtful ? 1 : 0;
    }

    /// <summary>Only the first part is sure to be evaluated.</summary>
    private void FirstForSure(IOperation operation)
    {
        var isFirst = true;
        foreach (var child in operation.ChildOperations)
        {
            Walk(child, isDoubtful: !isFirst);
            isFirst = false;
        }
    }

    /// <summary>A <c>break</c> of a loop, not of a <c>switch</c>.</summary>
    private static bool LeavesLoop(IBranchOperation branch)
    {
        var at = branch.Parent;
        while (at is not (null or ILoopOperation or ISwitchOperation))
        {
            at = at.Parent;
        }

        return at is ILoopOperation;
    }

    /// <summary>Each round has its own; all of them together are the elements of the collection.</summary>
    private void Each(ISymbol variable, IOperation collection) =>
        _body.Locals[variable] = new LocalValue(true, OriginOf(collection)?.Path is { } group ? new Origin(group.Then(new PathStep(null, ImmutableArray<IndexKey>.Empty)), null) : null);

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Symbol is { IsRef: false } local && declarator.GetVariableInitializer() is { } initializer)
        {
            _body.Locals[local] = new LocalValue(true, OriginOf(initializer.Value));
        }
    }

    private void Assign(IOperation target, IOperation? value)
    {
        var variable = target;
        while (variable is IArrayElementReferenceOperation element)
        {
            foreach (var index in element.Indices)
            {
                Walk(index);
            }

            variable = element.ArrayReference;
        }

        if (variable is not (IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation))
        {
            Walk(variable);
            Walk(value);
            return;
        }

        Children(variable);
        Walk(value);
        Reference(variable);
    }

    private void Reference(IOperation reference)
    {
        if (reference is IPropertyReferenceOperation { Property: var property } access && !SharedPlace.IsAuto(property))
        {
            Property(access, property);
        }

        Mark(reference);
        if (Locals.VariableOf(reference) is { } variable && !SharedPlace.IsKept(variable))
        {
            if (!_block.HasFunctions && !PlainCollections.Is(reference.Type))
            {
                return;
            }

            if (!SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _owner))
            {
                _captured.Add(variable);
            }
        }

        if (reference is IFieldReferenceOperation { Field.IsVolatile: true } && !StraightLine.IsTarget(reference))
        {
            Add(StepKind.Order, reference);
        }

        if (AccessReader.Of(reference, _block) is not { } found || PlaceOf(reference) is not { } place || place.Holder is { } holder && IsForItself(holder, found.Kind))
        {
            return;
        }

        var isContent = found.At is IArrayElementReferenceOperation || found.Kind is AccessKind.Use or AccessKind.Change;
        var looksInto = found.Kind is AccessKind.Read or AccessKind.Use && ContentReads.Is(reference, _model);
        Add(
            new Step(StepKind.Access, reference.Syntax.Span)
            {
                Place = place,
                Access = found.Kind,
                IsContent = isContent || looksInto,
                IsRead = found.Kind is AccessKind.Read or AccessKind.Use && (looksInto || !isContent),
                IsPolled = _loops > 0 || AsksWhetherToWait(reference),
                IsByIndex = found.At.Parent is IPropertyReferenceOperation { Property.IsIndexer: true } item && item.Instance == found.At && !PlainCollections.IsKeyed(HeldCollections.TypeOf(found.At, _block)),
                IsForOne = found.Kind is AccessKind.Update or AccessKind.Write or AccessKind.Change or AccessKind.Use && Sharing.IsForOne(found.At, _block),
                IsAtomicUpdate = found.Kind == AccessKind.Update && AtomicUpdates.Is(found.At, _model),
                Value = found.Kind == AccessKind.Write && reference.Parent is ISimpleAssignmentOperation assignment ? OriginOf(assignment.Value) : null,
            },
            reference);
    }

    /// <summary>Whether the variable keeps itself: another thread has its own, or sees what is written at once; or nothing ever changes.</summary>
    private static bool IsForItself(ISymbol holder, AccessKind kind) => holder switch
    {
        IFieldSymbol { IsVolatile: true } => true,
        IFieldSymbol { IsStatic: true } field when PerThread.Is(field) => true,
        IFieldSymbol { IsReadOnly: true, Type: var type } => kind == AccessKind.Read && type is not IArrayTypeSymbol && !PlainCollections.Is(type),
        IPropertySymbol { SetMethod: null, Type: var type } => kind == AccessKind.Read && type is not IArrayTypeSymbol && !PlainCollections.Is(type),
        _ => false,
    };

    /// <summary>Remembers who is assigned again.</summary>
    private void Mark(IOperation reference)
    {
        if (!StraightLine.IsTarget(reference))
        {
            return;
        }

        switch (reference)
        {
            case ILocalReferenceOperation { Local: var local }:
                // A local that is declared without a value gets its one value later.
                if (!_body.Locals.ContainsKey(local) && reference.Parent is ISimpleAssignmentOperation { IsRef: false } first && first.Target == reference)
                {
                    _body.Locals[local] = new LocalValue(true, OriginOf(first.Value));
                }
                else
                {
                    _reassigned.Add(local);
                }

                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                _body.Written.Add(parameter.OriginalDefinition);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                var member = (IMemberReferenceOperation)reference;
                var isFirst = member.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } ||
                              (_owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } && member.Instance is null or IInstanceReferenceOperation &&
                               SymbolEqualityComparer.Default.Equals(_owner.ContainingType.OriginalDefinition, member.Member.ContainingType.OriginalDefinition));
                if (!isFirst)
                {
                    _body.Written.Add(member.Member.OriginalDefinition);
                }

                break;
        }
    }
}
