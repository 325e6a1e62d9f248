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
/// Collects what is done with a process. A member of it is known by its name; a helper of the file that is given the process, or the reader of a pipe, is looked into;
/// anything else that the process goes to may do whatever it likes with it. The reader of a pipe may go anywhere: whoever has it may read it.
/// </summary>
internal sealed partial class ProcessUses(BodyFacts body)
{
    private readonly ImmutableArray<ProcessUse>.Builder _uses = ImmutableArray.CreateBuilder<ProcessUse>();
    private readonly HashSet<ILocalSymbol> _groups = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<IOperation>.Builder _infos = ImmutableArray.CreateBuilder<IOperation>();

    /// <summary>The uses in source order, each where it stands or where the helper is called, seen from the function that has <paramref name="start"/>.</summary>
    public ImmutableArray<ProcessUse> All(IOperation start) => ImmutableArray.CreateRange(_uses.Select(use => OnTheSpot(use, start)).OrderBy(static use => use.Site.Syntax.Span.End));

    /// <summary>What a lambda of <c>list.ForEach(…)</c> does, or a local function that is called in one place, is done where that is called.</summary>
    private static ProcessUse OnTheSpot(ProcessUse use, IOperation start)
    {
        var path = use.Path;
        while (!SymbolEqualityComparer.Default.Equals(path[0].FunctionAround(), start.FunctionAround()))
        {
            if (path.Length > Limits.CallDepth || CallOnTheSpot(path[0]) is not { } call)
            {
                return use;
            }

            path = path.Insert(0, call);
        }

        return use with { Path = path };
    }

    /// <summary>The calls on the spot that lead to an operation in lambdas of <c>ForEach</c> and in local functions, outermost first, and last itself.</summary>
    public static ImmutableArray<IOperation> WayTo(IOperation operation)
    {
        var way = ImmutableArray.Create(operation);
        while (way.Length <= Limits.CallDepth && CallOnTheSpot(way[0]) is { } call)
        {
            way = way.Insert(0, call);
        }

        return way;
    }

    /// <summary>The one call that runs the lambda or local function around the operation before it comes back; null where there may be others.</summary>
    private static IInvocationOperation? CallOnTheSpot(IOperation operation)
    {
        switch (operation.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            case IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation each } } } when SequenceOfEach(each) is not null:
                return each;
            case ILocalFunctionOperation { Symbol: { IsAsync: false } called } function when !function.Syntax.DescendantNodes().OfType<YieldStatementSyntax>().Any():
                var uses = function.AncestorsAndSelf().Last().Descendants().Where(o => o switch
                {
                    IInvocationOperation call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, called),
                    IMethodReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, called),
                    _ => false,
                }).Take(2).ToList();
                var only = uses.Count != 1 ? null : uses[0] as IInvocationOperation ??
                    (uses[0] is { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation all } } } && SequenceOfEach(all) is not null ? all : null);
                return only is null || function.IsAround(only) ? null : only;
            default:
                return null;
        }
    }

    /// <summary>Whether the call runs the function: by its name, or given to it as a method group.</summary>
    public static bool Runs(IInvocationOperation call, IMethodSymbol function) => SymbolEqualityComparer.Default.Equals(function, call.TargetMethod.OriginalDefinition) ||
        call.Arguments.Any(a => a.Value is IDelegateCreationOperation { Target: IMethodReferenceOperation given } && SymbolEqualityComparer.Default.Equals(function, given.Method.OriginalDefinition));

    /// <summary>The list or array of a call of its <c>ForEach</c>; null for any other call.</summary>
    public static IOperation? SequenceOfEach(IInvocationOperation call) => call.TargetMethod is { Name: "ForEach", ContainingType: var type }
        ? type.SpecialType == SpecialType.System_Array ? call.Arguments.FirstOrDefault()?.Value : type is { Name: "List", ContainingNamespace.Name: "Generic" } ? call.Instance : null
        : null;

    public int Starts(WellKnownTypes types) => _uses.Count(use => IsStart(use, types));

    /// <summary>The way to the one start.</summary>
    public ImmutableArray<IOperation> StartPath(WellKnownTypes types) => _uses.First(use => IsStart(use, types)).Path;

    private static bool IsStart(ProcessUse use, WellKnownTypes types) => use.At is IInvocationOperation call && ProcessModels.IsStart(call.TargetMethod, types);

    /// <summary>What the start information is made by; <c>Process.Start(info)</c> has it as its argument.</summary>
    public ImmutableArray<IOperation> Infos(IInvocationOperation start) =>
        start.Arguments is { Length: 1 } only && KnownType.Is(only[0].Value.Type, body.Model.Types.ProcessStartInfo) ? ImmutableArray.Create(only[0].Value) : _infos.ToImmutable();

    /// <summary>Takes <c>new Process { StartInfo = …, EnableRaisingEvents = true }</c>.</summary>
    public bool TakeInitializer(IObjectCreationOperation creation)
    {
        foreach (var member in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            switch (member)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment when ProcessModels.MeaningOf(property.Property).Action == ProcessAction.Configure:
                    _infos.Add(assignment.Value);
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property }:
                    TakeProperty(property, ImmutableArray<IOperation>.Empty);
                    break;
                case IMemberInitializerOperation nested:
                    _infos.Add(nested.InitializedMember);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Takes the declaration of a local that is disposed of at the end of a scope.</summary>
    public void TakeDeclaration(ILocalSymbol local)
    {
        var declarator = body.Root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local));
        if (declarator is not null && Scope(declarator) is { } scope)
        {
            Add(ProcessAction.Release, ProcessPipe.None, scope, ImmutableArray<IOperation>.Empty);
        }
    }

    /// <summary>Takes one mention of the process; false when anything may become of it.</summary>
    public bool TakeProcess(IOperation mention, ImmutableArray<IOperation> outer)
    {
        while (mention.Parent is IConversionOperation conversion)
        {
            mention = conversion;
        }

        switch (mention.Parent)
        {
            case IPropertyReferenceOperation property when property.Instance == mention:
                return TakeProperty(property, outer);
            case IEventReferenceOperation { Parent: IEventAssignmentOperation assignment } named:
                var (action, pipe) = ProcessModels.MeaningOf(named.Event);
                Add(assignment.Adds ? action : ProcessAction.Other, pipe, assignment, outer);
                return true;
            case IInvocationOperation call when call.Instance == mention:
                var meaning = ProcessModels.MeaningOf(call.TargetMethod);
                var done = meaning.Action == ProcessAction.Other ? ProcessModels.WaitOf(call) : meaning.Action;
                Add(done == ProcessAction.FollowExit && outer.LastOrDefault() is IInvocationOperation all && ProcessModels.WaitsForAll(all) ? ProcessAction.Wait : done, meaning.Pipe, call, outer);
                return true;
            case IConditionalAccessOperation access when access.Operation == mention:
                return access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().FirstOrDefault() is { } instance && TakeProcess(instance, outer);
            case IArgumentOperation or ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation } or IArrayInitializerOperation or IReturnOperation when outer.IsEmpty && GroupOf(mention) is { } group:
                return TakeGroup(group, outer);
            case IArgumentOperation argument:
                return Parameter(argument, outer) is { } parameter && Mentions(parameter).All(use => TakeProcess(use, outer.Add(argument.Parent!)));
            case IVariableDeclaratorOperation or IVariableInitializerOperation or IReturnOperation:
                return false;
            case ISimpleAssignmentOperation assignment:
                return (assignment.Target == mention && mention is ILocalReferenceOperation or IFieldReferenceOperation) || assignment.Target is IDiscardOperation;
            case IUsingOperation whole:
                Add(ProcessAction.Release, ProcessPipe.None, whole, outer);
                return true;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } or IRecursivePatternOperation { DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true } }:
            case INameOfOperation or IExpressionStatementOperation:
                return true;
            default:
                return false;
        }
    }

    private bool TakeProperty(IPropertyReferenceOperation property, ImmutableArray<IOperation> outer)
    {
        var (action, pipe) = ProcessModels.MeaningOf(property.Property);
        switch (action)
        {
            case var _ when property.Parent is INameOfOperation:
                break;
            case ProcessAction.Configure:
                _infos.Add(property.Parent is ISimpleAssignmentOperation assignment && assignment.Target == property ? assignment.Value : property);
                break;
            case ProcessAction.TakeStream:
                Add(action, pipe, property, outer);
                TakeStream(property, pipe, outer);
                break;
            default:
                Add(action, pipe, property, outer);
                break;
        }

        return true;
    }

    /// <summary>Takes one mention of the reader or writer of a pipe.</summary>
    private void TakeStream(IOperation mention, ProcessPipe pipe, ImmutableArray<IOperation> outer)
    {
        while (mention.Parent is IConversionOperation conversion)
        {
            mention = conversion;
        }

        switch (mention.Parent)
        {
            case IInvocationOperation call when call.Instance == mention:
                var action = pipe == ProcessPipe.Input ? ProcessModels.WriteOf(call) : ProcessModels.ReadOf(call);
                Add(action == ProcessAction.ReadPart && LoopAround(call) is { } loop ? IsLeftEarly(loop) ? ProcessAction.BeginRead : ProcessAction.ReadToEnd : action, pipe, call, outer);
                break;
            case IPropertyReferenceOperation { Property.Name: "EndOfStream" or "CurrentEncoding" or "AutoFlush" or "NewLine" or "Encoding" } property:
                Add(ProcessAction.Other, pipe, property, outer);
                break;
            case IPropertyReferenceOperation { Property.Name: "BaseStream", Parent: IInvocationOperation { Instance: { } copied } copy } stream when pipe != ProcessPipe.Input && copied == stream && ProcessModels.CopyFrom(copy) is { } read:
                Add(read, pipe, copy, outer);
                break;
            case IPropertyReferenceOperation { Property.Name: "BaseStream" } stream when pipe == ProcessPipe.Input:
                TakeStream(stream, pipe, outer);
                break;
            case IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: "StreamWriter" } writer } when pipe == ProcessPipe.Input && !writer.Arguments.Any(static a => a.Parameter?.Name == "leaveOpen" && !a.IsImplicit):
                TakeStream(writer, pipe, outer);
                break;
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation copy } when pipe == ProcessPipe.Input && ProcessModels.CopyOf(copy) is { } copies:
                Add(copies, pipe, copy, outer);
                break;
            case IConditionalAccessOperation access when access.Operation == mention && access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().FirstOrDefault() is { } instance:
                TakeStream(instance, pipe, outer);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } } when mention.AncestorsAndSelf().Last() is var root && Locals.OnlyValue(local, root) is not null:
                if (pipe == ProcessPipe.Input && Scope(mention.Parent.Parent!) is { } scope)
                {
                    Add(ProcessAction.CloseInput, pipe, scope, outer);
                }

                foreach (var use in Locals.Uses(local, root))
                {
                    TakeStream(use, pipe, outer);
                }

                break;
            case IUsingOperation whole when pipe == ProcessPipe.Input:
                Add(ProcessAction.CloseInput, pipe, whole, outer);
                break;
            case IArgumentOperation argument when Parameter(argument, outer) is { } parameter:
                foreach (var use in Mentions(parameter))
                {
                    TakeStream(use, pipe, outer.Add(argument.Parent!));
                }

                break;
            case IExpressionStatementOperation or INameOfOperation:
                break;
            default:
                Add(ProcessAction.HandOver, pipe, mention, outer);
                break;
        }
    }

    /// <summary>What the local is disposed of at the end of: a <c>using</c> statement, or the block of a <c>using</c> declaration; null for another local.</summary>
    private static IOperation? Scope(IOperation declarator) => declarator.Parent?.Parent?.Parent switch
    {
        IUsingOperation statement => statement,
        IUsingDeclarationOperation declaration => declaration.Parent,
        _ => null,
    };

    private void Add(ProcessAction action, ProcessPipe pipe, IOperation at, ImmutableArray<IOperation> outer) => _uses.Add(new ProcessUse(action, pipe, outer.Add(at)));

    /// <summary>The loop that reads again and again, up to the function around it.</summary>
    private static ILoopOperation? LoopAround(IOperation read)
    {
        for (var up = read.Parent; up is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); up = up.Parent)
        {
            if (up is ILoopOperation loop)
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary>Whether the loop may end before the pipe does: any other loop than one on the reads themselves, or a way out of it.</summary>
    private static bool IsLeftEarly(ILoopOperation loop) => loop is not IWhileLoopOperation { Condition: { } condition } ||
        !condition.DescendantsAndSelf().Any(static o => o is IPropertyReferenceOperation { Property.Name: "EndOfStream" } or IInvocationOperation { TargetMethod.Name: "ReadLine" or "ReadLineAsync" or "Read" or "ReadAsync" }) ||
        condition.DescendantsAndSelf().Any(static o => o is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }) ||
        loop.Body.Descendants().Any(static o => o is IReturnOperation { IsImplicit: false } or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo });

    /// <summary>What the call gives for the parameter of the method that it calls; null for a parameter of another one.</summary>
    public static IOperation? Argument(IInvocationOperation call, IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, parameter.ContainingSymbol)
            ? call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal)?.Value
            : null;

    /// <summary>The parameter of a helper of this file whose body runs to its end before the call comes back.</summary>
    private IParameterSymbol? Parameter(IArgumentOperation argument, ImmutableArray<IOperation> outer)
    {
        return argument is { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } && !outer.Any(o => o is IInvocationOperation other && SymbolEqualityComparer.Default.Equals(other.TargetMethod, call.TargetMethod))
            ? ParameterOf(call.TargetMethod, parameter.Ordinal, call.Parent is IAwaitOperation, outer)
            : null;
    }

    private IParameterSymbol? ParameterOf(IMethodSymbol method, int ordinal, bool isAwaited, ImmutableArray<IOperation> outer)
    {
        var source = (method.ReducedFrom ?? method).OriginalDefinition;
        return outer.Length < Limits.CallDepth && method is not ({ IsVirtual: true } or { IsAbstract: true } or { IsOverride: true }) && Declaration(source, body) is not null && (!source.IsAsync || isAwaited) && ordinal < source.Parameters.Length
            ? source.Parameters[ordinal]
            : null;
    }

    /// <summary>The body of a helper in the file of <paramref name="body"/> that runs to its end before the call comes back; null for any other.</summary>
    public static SyntaxNode? Declaration(IMethodSymbol method, BodyFacts body)
    {
        method = method.PartialImplementationPart ?? method;
        return method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0] is { } reference && reference.SyntaxTree == body.Root.Syntax.SyntaxTree &&
            reference.GetSyntax(body.Cancellation) is BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null } or LocalFunctionStatementSyntax &&
            reference.GetSyntax(body.Cancellation) is var declaration && !declaration.DescendantNodes().OfType<YieldStatementSyntax>().Any()
                ? declaration
                : null;
    }

    /// <summary>Every mention of the parameter in its method; an assignment to it counts as one that is not known.</summary>
    private IEnumerable<IOperation> Mentions(IParameterSymbol parameter) =>
        Declaration((IMethodSymbol)parameter.ContainingSymbol, body) is { } declaration && body.Root.SemanticModel?.GetOperation(declaration, body.Cancellation) is { } root
            ? root.Descendants().OfType<IParameterReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Parameter, parameter))
            : Enumerable.Empty<IOperation>();
}
