using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// A start of the program by itself that every run comes to. What runs for certain is walked through in its order, into helpers of the file; a condition under which the
/// program or the way may end, a call that is not seen, and one that may wait for something end the walk, because the child may be told by them that it is one.
/// </summary>
internal sealed class SelfLaunch
{
    private readonly BodyFacts _body;
    private readonly List<IOperation> _path = [];
    private readonly HashSet<IMethodSymbol> _around = new(SymbolEqualityComparer.Default);
    private bool _found;

    private SelfLaunch(BodyFacts body) => _body = body;

    /// <summary>The start, and last; before it the calls of helpers that lead to it. Empty where there is none.</summary>
    public static ImmutableArray<IOperation> In(BodyFacts body)
    {
        var walk = new SelfLaunch(body);
        return !walk.Runs(body.Root) && walk._found ? ImmutableArray.CreateRange(walk._path) : ImmutableArray<IOperation>.Empty;
    }

    /// <summary>Walks through what runs for certain; false when the walk has ended.</summary>
    private bool Runs(IOperation? operation)
    {
        switch (operation)
        {
            case null or IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                return true;
            case IConditionalOperation choice:
                return Runs(choice.Condition) && !MayEnd(choice.WhenTrue, 0) && !MayEnd(choice.WhenFalse, 0);
            case ISwitchOperation or ISwitchExpressionOperation:
                return Runs(operation.ChildOperations.First()) && !operation.ChildOperations.Skip(1).Any(arm => MayEnd(arm, 0));
            case IForLoopOperation loop when IsCounted(loop):
                return loop.Before.All(Runs) && Runs(loop.Body);
            case IForEachLoopOperation { IsAsynchronous: false } loop when HasElements(loop.Collection):
                return Runs(loop.Collection) && Runs(loop.Body);
            case ILoopOperation or ICatchClauseOperation:
                return !MayEnd(operation, 0);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Runs(both.LeftOperand) && !MayEnd(both.RightOperand, 0);
            case ICoalesceOperation either:
                return Runs(either.Value) && (either.WhenNull is IThrowOperation or IConversionOperation { Operand: IThrowOperation } || !MayEnd(either.WhenNull, 0));
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } invoked } given when FunctionOf(given.Operation) is var (code, function):
                return Enters(code, function, invoked);
            case IConditionalAccessOperation access:
                return Runs(access.Operation) && !MayEnd(access.WhenNotNull, 0);
            case IAwaitOperation { Operation: var awaited }:
                return awaited is IInvocationOperation task && (WaitModels.IsPause(task, _body.Model.Types) ||
                    ((!task.TargetMethod.DeclaringSyntaxReferences.IsEmpty || IsTaskOf(task) || WaitModels.IsWaitForAll(task.TargetMethod, _body.Model.Types)) && Runs(task)));
            case IReturnOperation or IThrowOperation or IBranchOperation:
                return operation.ChildOperations.All(Runs) && operation.IsImplicit;
            case IInvocationOperation call:
                return call.ChildOperations.All(Runs) && Calls(call);
            case IObjectCreationOperation creation:
                return creation.ChildOperations.All(Runs) && (creation.Constructor is not { DeclaringSyntaxReferences.IsEmpty: false } constructor || Enters(constructor, creation));
            default:
                return operation.ChildOperations.All(Runs);
        }
    }

    private bool Calls(IInvocationOperation call)
    {
        if (ProcessModels.IsStart(call.TargetMethod, _body.Model.Types) && IsOfSelf(call))
        {
            _path.Add(call);
            _found = true;
            return false;
        }

        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            return FunctionOf(call.Instance) is var (code, function) && Enters(code, function, call);
        }

        if (RunsInside(call) is { IsEmpty: false } run)
        {
            return run.All(given => FunctionOf(given) is var (code, function) && Enters(code, function, call));
        }

        return call.TargetMethod.DeclaringSyntaxReferences.IsEmpty ? IsPlain(call) : Enters(call.TargetMethod.OriginalDefinition, call);
    }

    private bool Enters(IMethodSymbol method, IOperation call) => BodyOf(method) is { } helper && Enters(helper, method, call);

    /// <summary>Walks through a helper or lambda; a return within it only ends that.</summary>
    private bool Enters(IOperation code, IMethodSymbol function, IOperation call)
    {
        if (_around.Count >= Limits.CallDepth || !_around.Add(function))
        {
            return false;
        }

        _path.Add(call);
        if (!Runs(code) && (_found || MayEnd(code, 0, true)))
        {
            return false;
        }

        _path.RemoveAt(_path.Count - 1);
        _around.Remove(function);
        return true;
    }

    /// <summary>The one function that a delegate is: one that is written there or in a local, or that the call of the helper around gives for a parameter.</summary>
    private (IOperation Code, IMethodSymbol Function)? FunctionOf(IOperation? value, int depth = 0)
    {
        value = Conversions.WithoutAny(value);
        if (value is IParameterReferenceOperation { Parameter: var parameter })
        {
            return depth < Limits.CallDepth && _path.OfType<IInvocationOperation>().Select(call => ProcessUses.Argument(call, parameter)).LastOrDefault(static given => given is not null) is { } argument ? FunctionOf(argument, depth + 1) : null;
        }

        return value is not null && ForkBodies.Of(value, value.AncestorsAndSelf().Last()) is { Length: 1 } only
            ? only[0].Named is IAnonymousFunctionOperation lambda ? (lambda.Body, lambda.Symbol) : BodyOf(only[0].Function) is { } code ? (code, only[0].Function) : null
            : null;
    }

    /// <summary>The functions that a call of the framework is certain to run before it comes back, or before its task is done: each once at least.</summary>
    private static ImmutableArray<IOperation> RunsInside(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.ContainingType?.Name, method.Name)
        {
            case ("Parallel", "Invoke") when call.Arguments is { Length: 1 } all && all[0].Value is IArrayCreationOperation { Initializer: { } given }:
                return given.ElementValues;
            case ("Parallel", "For") when call.Arguments is { Length: 3 } counted && counted[0].Value.ConstantValue is { HasValue: true, Value: int from } &&
                (counted[1].Value.ConstantValue is { HasValue: true, Value: int to } ? from < to : counted[1].Value is IPropertyReferenceOperation { Property.Name: "ProcessorCount" }):
                return ImmutableArray.Create(counted[2].Value);
            case ("Parallel", "ForEach") when call.Arguments is { Length: 2 } each && HasElements(each[0].Value):
                return ImmutableArray.Create(each[1].Value);
            case ("Enumerable", "Select") when call.Arguments is { Length: 2 } queried && HasElements(queried[0].Value) && IsTakenAtOnce(call):
                return ImmutableArray.Create(queried[1].Value);
            case ("Task", "Run") when IsTaskOf(call):
                return ImmutableArray.Create(call.Arguments[0].Value);
            default:
                return ProcessUses.SequenceOfEach(call) is { } sequence && HasElements(sequence) ? ImmutableArray.Create(call.Arguments.Last().Value) : ImmutableArray<IOperation>.Empty;
        }
    }

    /// <summary>Whether what the query gives is taken where it stands: by a loop, by what makes a list or array of it, or by a wait for all its tasks.</summary>
    private static bool IsTakenAtOnce(IOperation query)
    {
        while (true)
        {
            while (query.Parent is IConversionOperation or ITranslatedQueryOperation)
            {
                query = query.Parent;
            }

            switch (query.Parent)
            {
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "Where" or "Select" or "OfType" or "Cast", ContainingType.Name: "Enumerable" } } next }:
                    query = next;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var taker } }:
                    return taker is { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } or { Name: "WhenAll", ContainingType.Name: "Task" };
                case IForEachLoopOperation loop:
                    return loop.Collection == query;
                default:
                    return query.Parent is { Syntax: SpreadElementSyntax };
            }
        }
    }

    /// <summary>A task of a function that is waited for right where it is started.</summary>
    private static bool IsTaskOf(IInvocationOperation call) => call.TargetMethod is { Name: "Run", ContainingType.Name: "Task" } && call.Arguments.Length == 1 && TaskModels.IsWaitedFor(call);

    /// <summary>A call of the framework that comes back, whatever the arguments of the program are.</summary>
    private bool IsPlain(IInvocationOperation call) => ProcessModels.FillsStartInfo(call, _body.Model.Types) || KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Process) || WaitModels.IsPause(call, _body.Model.Types) ||
        (!NoReturn.Is(call) && WaitModels.IsQuiet(call.TargetMethod, _body.Model.Types)) || SelfModels.Asks(call.TargetMethod);

    /// <summary>Whether the program, or the function at hand, may end in code that runs under a condition.</summary>
    private bool MayEnd(IOperation? code, int depth, bool isHelper = false) => code is not null && code.DescendantsAndSelf().Any(o => o switch
    {
        IReturnOperation { IsImplicit: false } => !isHelper,
        IThrowOperation or IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IBranchOperation => !o.AncestorsAndSelf().TakeWhile(up => up != code.Parent).Any(static up => up is ILoopOperation or ISwitchOperation),
        IInvocationOperation call when call.TargetMethod.DeclaringSyntaxReferences.IsEmpty => !IsPlain(call),
        IInvocationOperation call => depth >= Limits.CallDepth || BodyOf(call.TargetMethod.OriginalDefinition) is not { } inner || MayEnd(inner, depth + 1, true),
        IAwaitOperation => true,
        _ => false,
    });

    private IOperation? BodyOf(IMethodSymbol method) =>
        method is { IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences.Length: 1 } && method.DeclaringSyntaxReferences[0] is { } reference && reference.SyntaxTree == _body.Root.Syntax.SyntaxTree
            ? _body.Root.SemanticModel?.GetOperation(reference.GetSyntax(_body.Cancellation), _body.Cancellation) switch
            {
                IMethodBodyOperation declared => declared.BlockBody ?? declared.ExpressionBody,
                IConstructorBodyOperation declared => declared.BlockBody ?? declared.ExpressionBody,
                ILocalFunctionOperation declared => declared.Body,
                _ => null,
            }
            : null;

    /// <summary>Whether the loop runs a number of times that has nothing to do with the arguments.</summary>
    private static bool IsCounted(IForLoopOperation loop) => loop.Condition is IBinaryOperation { RightOperand: var end } && Conversions.WithoutAny(end) is { ConstantValue.HasValue: true } or IPropertyReferenceOperation { Property.Name: "ProcessorCount" };

    /// <summary>The body that has the start: the one at hand, or that of a helper.</summary>
    private BodyFacts BodyAround(IOperation start) => start.AncestorsAndSelf().Last() is var root && root != _body.Root && root.SemanticModel?.GetDeclaredSymbol(root.Syntax, _body.Cancellation) is { } helper
        ? BodyFacts.Collect(root, helper, _body.Model, _body.Cancellation)
        : _body;

    /// <summary>A collection that is written out, or a range of a constant length, of which there is one element at least.</summary>
    private static bool HasElements(IOperation collection) => Conversions.WithoutAny(collection) switch
    {
        IArrayCreationOperation { Initializer.ElementValues.IsEmpty: false } => true,
        IInvocationOperation { TargetMethod: { Name: "Range" or "Repeat", ContainingType.Name: "Enumerable" }, Arguments: { Length: 2 } range } => range[1].Value.ConstantValue is { HasValue: true, Value: int and > 0 },
        IInvocationOperation { TargetMethod: { Name: "Select" or "ToArray", ContainingType.Name: "Enumerable" }, Arguments: { IsEmpty: false } query } => HasElements(query[0].Value),
        ILocalReferenceOperation { Local: var local } use => Locals.OnlyValue(local, use.AncestorsAndSelf().Last()) is { } made and not ILocalReferenceOperation && HasElements(made),
        _ => false,
    };

    /// <summary>Whether what is started is the program itself, or the host of it.</summary>
    private bool IsOfSelf(IInvocationOperation start)
    {
        var body = BodyAround(start);
        var flags = StartedProcess.In(body).FirstOrDefault(p => p.Start == start) is { } process ? StartInfoFlags.Of(process, body) : StartInfoFlags.Given(start, body);
        var program = flags is not null ? flags.FileName : start.TargetMethod.IsStatic ? start.Arguments.FirstOrDefault()?.Value : null;
        var arguments = flags is not null ? flags.Arguments : start.Arguments.Skip(1).Select(static a => a.Value);
        return program is not null && (SelfModels.IsSelf(program, 0) ||
            (program.ConstantValue is { HasValue: true, Value: "dotnet" or "dotnet.exe" } && arguments.Any(static argument => argument.DescendantsAndSelf().Any(static o => SelfModels.IsSelf(o, 0)))));
    }
}
