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
internal sealed class Summarizer
{
    private readonly Model _model;
    private readonly BodySummary _body;
    private readonly Dictionary<IMethodSymbol, FunctionSummary> _lambdas = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _reassigned = new(SymbolEqualityComparer.Default);

    /// <summary>Each step with what it was made from, in the order of the steps; kept only where a fork may ask.</summary>
    private readonly List<(IOperation At, IInvocationOperation? Query, Step Step)> _made = [];
    private FunctionSummary _function = null!;
    private ISymbol _owner;
    private IInvocationOperation? _query;
    private int _loops;
    private int _depth;
    private bool _isLeftOut;

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

            summarizer.Walk(block.Root);
            summarizer.AddForks(block);
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
            function.Steps.RemoveAll(s => s is { Kind: StepKind.Access, Place: { Root: PathRoot.Local or PathRoot.Parameter, Steps.IsEmpty: true } place } && !_captured.Contains(place.Symbol!));
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
                Add(StepKind.Wait, statement.LockedValue);
                Walk(statement.Body);
                break;
            case ILoopOperation loop:
                Loop(loop);
                break;
            case ITryOperation attempt:
                Walk(attempt.Body);
                var isLeftOut = _isLeftOut;
                _isLeftOut = true;
                foreach (var handler in attempt.Catches)
                {
                    Walk(handler);
                }

                _isLeftOut = isLeftOut;
                Walk(attempt.Finally);
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
                Assign(assignment.Target, assignment.Value);
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
                if (!ForkWrites.IsHarmless(wait, _model.Types))
                {
                    Add(StepKind.Wait, wait);
                }

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
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                _function.IsDeferred = true;
                Children(operation);
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

        Walk(lambda.Body);
        (_owner, _query) = (owner, query);
    }

    private void Nested(FunctionSummary function, IMethodSymbol symbol, IOperation? block)
    {
        var (outer, owner, query, loops, isLeftOut) = (_function, _owner, _query, _loops, _isLeftOut);
        (_owner, _query, _loops, _isLeftOut) = (symbol, null, 0, false);
        Begin(function);
        Walk(block);
        (_function, _owner, _query, _loops, _isLeftOut) = (outer, owner, query, loops, isLeftOut);
    }

    private void Loop(ILoopOperation loop)
    {
        if (ForkWrites.EndsFromOutside(loop) || loop is IForEachLoopOperation { IsAsynchronous: true })
        {
            Add(StepKind.Wait, loop);
        }

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

        if (VariableOf(reference) is { } variable && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _owner))
        {
            _captured.Add(variable);
        }

        Mark(reference);
        if (AccessReader.Of(reference, _model) is not { } found || PlaceOf(reference) is not { } place || place.Holder is { } holder && IsForItself(holder, found.Kind))
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
                IsPolled = _loops > 0,
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

    private void Property(IPropertyReferenceOperation reference, IPropertySymbol property)
    {
        var types = _model.Types;
        if (property.DeclaringSyntaxReferences.IsEmpty)
        {
            if ((KnownType.Is(property.ContainingType, types.Thread) && property.Name is "IsAlive" or "ThreadState") || (TaskModels.IsTask(property.ContainingType, types) && property.Name != "Id") ||
                property.ContainingType is { Name: "Lazy" })
            {
                Add(StepKind.Wait, reference);
            }
            else if (property.ContainingType.ContainingNamespace?.ToDisplayString().StartsWith("System", System.StringComparison.Ordinal) != true)
            {
                // Code of other packages.
                Add(StepKind.Work, reference);
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
        switch (ForkModels.KindOf(method, types))
        {
            case ForkKind.None:
                break;
            case ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem:
                Add(StepKind.Fork, call);
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
                Add(StepKind.Fork, call);
                return;
            default:
                Add(StepKind.Wait, call);
                return;
        }

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

    /// <summary>A call of the framework that runs the lambdas it is given before it returns; they are part of the walk.</summary>
    private bool RunsHere(IInvocationOperation call)
    {
        var isGiven = false;
        foreach (var argument in call.Arguments.Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate))
        {
            if (argument.Value is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } || TypeAccesses.RoleOf(lambda, _model) != FunctionRole.Inline)
            {
                return false;
            }

            isGiven = true;
        }

        return isGiven && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty;
    }

    private void AddCall(IMethodSymbol target, IOperation? receiver, ImmutableArray<Origin?> arguments, IOperation at)
    {
        target = (target.ReducedFrom ?? target).OriginalDefinition;
        target = target.PartialImplementationPart ?? target;
        var isBase = receiver is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        Add(new Step(StepKind.Call, at.Syntax.Span) { Call = new Call(target, OriginOf(receiver), arguments, isBase || !ForkBodies.MayBeOverridden(target)) }, at);
    }

    /// <summary>The end of a <c>using</c> runs code that is not followed.</summary>
    private void Dispose(IOperation scope)
    {
        var resources = scope is IUsingOperation block ? block.Resources : ((IUsingDeclarationOperation)scope).DeclarationGroup;
        var types = resources.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol.Type).DefaultIfEmpty(resources.Type);
        if (!types.All(static type => type?.ContainingNamespace?.ToDisplayString() is { } space && (space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal))))
        {
            Add(StepKind.Wait, scope);
        }
    }

    private ImmutableArray<Origin?> Arguments(ImmutableArray<IArgumentOperation> arguments)
    {
        if (arguments.IsEmpty)
        {
            return ImmutableArray<Origin?>.Empty;
        }

        var origins = new Origin?[arguments.Max(static a => a.Parameter?.Ordinal ?? 0) + 1];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None or RefKind.In, Type.IsReferenceType: true } parameter)
            {
                origins[parameter.Ordinal] = OriginOf(argument.Value);
            }
        }

        return ImmutableArray.Create(origins);
    }

    private Origin? OriginOf(IOperation? value)
    {
        value = Conversions.WithoutBuiltIn(value);
        switch (value)
        {
            case IObjectCreationOperation { Constructor: { DeclaringSyntaxReferences.IsEmpty: false } constructor } creation:
                return Made(constructor, creation);
            case IObjectCreationOperation { Constructor: { IsImplicitlyDeclared: true, ContainingType.DeclaringSyntaxReferences.IsEmpty: false } constructor } creation:
                return Made(constructor, creation);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation:
                return PlaceOf(value) is { } path ? new Origin(path, null) : null;
            default:
                return null;
        }
    }

    private Origin Made(IMethodSymbol constructor, IObjectCreationOperation creation) => new(null, new Creation(
        constructor.OriginalDefinition, Arguments(creation.Arguments),
        creation.Initializer is { } initializer
            ? initializer.Initializers.OfType<ISimpleAssignmentOperation>().Where(static a => a.Target is IMemberReferenceOperation)
                .Select(a => (((IMemberReferenceOperation)a.Target).Member.OriginalDefinition, OriginOf(a.Value))).ToImmutableArray()
            : ImmutableArray<(ISymbol, Origin?)>.Empty));

    /// <summary>The path of the variable by the definitions of its members. A parameter of the type's own constructor that another member names is a part of the object.</summary>
    private AccessPath? PlaceOf(IOperation operation)
    {
        if (SharedPlace.Of(operation) is not { } place)
        {
            return null;
        }

        if (place.Root == PathRoot.Static && place.Symbol!.ContainingType is { IsGenericType: true })
        {
            // Each closed type has its own.
            return null;
        }

        var steps = place.Steps;
        if (steps.Any(static s => s.Member is { IsDefinition: false }))
        {
            steps = steps.Select(static s => s.Member is null ? s : s with { Member = s.Member.OriginalDefinition }).ToImmutableArray();
        }

        return place is { Root: PathRoot.Parameter, Symbol: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } parameter } && !SymbolEqualityComparer.Default.Equals(constructor, _body.Owner)
            ? new AccessPath(PathRoot.This, null, steps.Insert(0, PathStep.Of(parameter.OriginalDefinition)))
            : place with { Steps = steps };
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private void AddForks(BodyFacts block)
    {
        if (block.Root is IFieldInitializerOperation or IPropertyInitializerOperation)
        {
            _body.Initial = OriginOf(((ISymbolInitializerOperation)block.Root).Value);
        }

        if (block.ForkCalls.IsEmpty && block.HandleCalls.IsEmpty)
        {
            return;
        }

        foreach (var (start, after) in block.Forks().Followed)
        {
            if (start.Handle.Home == HandleHome.Joined)
            {
                continue;
            }

            var targets = start.Bodies.Select(TargetOf).ToImmutableArray();
            var at = _made.FindIndex(m => m.At == start.At);
            if (at >= 0 && targets.All(static t => t is not null) && FunctionAround(start.At) is { } function)
            {
                _body.Forks.Add(new ForkSummary(
                    function, start.At.Syntax.Span, start.Creation.Syntax.Span, start.Kind, targets!, LineOf(start, at, AfterFork.BesideCalls(start, block)),
                    after.Read?.Syntax.Span));
            }
        }
    }

    private ForkTarget? TargetOf(ForkBody body) => body.Named switch
    {
        IAnonymousFunctionOperation lambda => _lambdas.TryGetValue(lambda.Symbol, out var function) ? new ForkTarget(function, null, null) : null,
        IMethodReferenceOperation method => new ForkTarget(null, body.Function, OriginOf(method.Instance)),
        _ => null,
    };

    private FunctionSummary? FunctionAround(IOperation operation)
    {
        for (var at = operation.FunctionAround(); at is not null; at = at.ContainingSymbol as IMethodSymbol)
        {
            if (at.MethodKind == MethodKind.LocalFunction)
            {
                return _body.Functions.FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, at));
            }

            if (_lambdas.TryGetValue(at, out var function))
            {
                return function;
            }
        }

        return _body.Functions[0];
    }

    private ImmutableArray<(Step Step, bool IsPolled)> LineOf(ForkStart start, int from, AfterFork after)
    {
        var passed = new HashSet<IOperation>(after.Passed);
        var line = ImmutableArray.CreateBuilder<(Step, bool)>();
        foreach (var (at, query, step) in _made.Skip(from + 1))
        {
            var isOnLine = query is not null ? passed.Contains(query) && ContentReads.IsInlineQuery(query, _model)
                : step.Kind == StepKind.Call ? after.Called.Contains(at)
                : step.Kind == StepKind.Access && passed.Contains(at);
            if (isOnLine)
            {
                line.Add((step, IsPolledBehind(start.At, at)));
            }
        }

        return line.ToImmutable();
    }

    /// <summary>Whether the operation stands in a loop behind the start that may go round until it sees another value.</summary>
    private static bool IsPolledBehind(IOperation start, IOperation operation)
    {
        for (var at = operation; at.Parent is { } loop; at = loop)
        {
            if (loop is IWhileLoopOperation or IForLoopOperation { Condition: null } || (loop is IForLoopOperation counted && counted.Condition == at))
            {
                if (!loop.IsAround(start))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
