using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <content>Processes that are kept in a local list or array: what is done with one element is done with each.</content>
internal sealed partial class ProcessUses
{
    /// <summary>The local list or array that a process is put into where it is mentioned, or that a query makes of what it starts; null for any other place.</summary>
    public static ILocalSymbol? GroupOf(IOperation mention) => mention.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation list } } => list.Local,
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation array } } => array.Local,
        IArrayInitializerOperation { Parent: IArrayCreationOperation creation } => LocalOf(creation),
        IReturnOperation { Parent: IBlockOperation { Operations.Length: 1, Parent: IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" } query } } } } }
            when Consumer(query) is { TargetMethod.Name: "ToList" or "ToArray" } made => LocalOf(made),
        _ => null,
    };

    /// <summary>The call that makes a list or array of what a query starts, where the start is the whole of its lambda.</summary>
    public static IInvocationOperation? QueryOf(IInvocationOperation start) =>
        start.Parent is IReturnOperation { Parent: IBlockOperation { Operations.Length: 1, Parent: IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" } query } } } } }
            && Consumer(query) is { TargetMethod.Name: "ToList" or "ToArray" } made ? made : null;

    /// <summary>Takes every mention of the list or array; false when anything may become of what is in it.</summary>
    public bool TakeGroup(ILocalSymbol group, ImmutableArray<IOperation> outer)
    {
        if (!_groups.Add(group))
        {
            return true;
        }

        return Locals.OnlyValue(group, body.Root) is { } made && Conversions.WithoutBuiltIn(made) is IObjectCreationOperation { Arguments.IsEmpty: true } or IArrayCreationOperation or IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } or { Syntax: CollectionExpressionSyntax } &&
            Locals.Uses(group, body.Root).All(use => TakeMention(use, outer));
    }

    private bool TakeMention(IOperation mention, ImmutableArray<IOperation> outer)
    {
        while (mention.Parent is IConversionOperation conversion)
        {
            mention = conversion;
        }

        switch (mention.Parent)
        {
            case IForEachLoopOperation { IsAsynchronous: false } loop when loop.Collection == mention && loop.Locals.Length == 1:
                return Locals.Uses(loop.Locals[0], mention.AncestorsAndSelf().Last()).All(use => TakeProcess(use, outer));
            case IArrayElementReferenceOperation element when element.ArrayReference == mention:
                return TakeElement(element, outer);
            case IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Instance == mention:
                return TakeElement(element, outer);
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
                return true;
            case IInvocationOperation { TargetMethod.Name: "Add" } call when call.Instance == mention:
                return true;
            case IInvocationOperation { TargetMethod.Name: "ForEach" } call when call.Instance == mention:
                return TakeQuery(call, call, outer);
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call } when SequenceOfEach(call) is not null:
                return TakeQuery(call, call, outer);
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "Select" or "Any" or "All" or "Sum" or "Count" or "Max" or "Min", ContainingType: var type } } query } when KnownType.Is(type, body.Model.Types.Enumerable):
                return RunOf(query) is { } run && TakeQuery(query, run, outer);
            case IArgumentOperation argument:
                return Parameter(argument, outer) is { } parameter && Mentions(parameter).All(use => TakeMention(use, outer.Add(argument.Parent!)));
            default:
                return false;
        }
    }

    private bool TakeElement(IOperation element, ImmutableArray<IOperation> outer) =>
        (element.Parent is ISimpleAssignmentOperation assignment && assignment.Target == element) || TakeProcess(element, outer);

    /// <summary>Takes what the lambda of a query, or the method that it is given, does with each element, where the query is run.</summary>
    private bool TakeQuery(IInvocationOperation query, IInvocationOperation run, ImmutableArray<IOperation> outer)
    {
        var functions = query.Arguments.Select(static a => (a.Value as IDelegateCreationOperation)?.Target).Where(static target => target is not null).ToList();
        return functions.Count == 1 && functions[0] switch
        {
            IAnonymousFunctionOperation { Symbol.Parameters: { Length: 1 } each } lambda => lambda.Descendants().OfType<IParameterReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Parameter, each[0])),
            IMethodReferenceOperation { Method: { Parameters.Length: 1 } method } => ParameterOf(method, 0, ProcessModels.WaitsForAll(run), outer) is { } parameter ? Mentions(parameter) : null,
            _ => null,
        } is { } mentions && mentions.All(use => TakeProcess(use, outer.Add(run)));
    }

    /// <summary>What runs a query: a member that asks for all of it, where it stands or where the one mention of its local is; for a loop the query itself. Null where it may be run anywhere, or more than once.</summary>
    private IInvocationOperation? RunOf(IInvocationOperation query)
    {
        IOperation at = query;
        while (true)
        {
            if (at is IInvocationOperation call && !IsLazy(call.TargetMethod))
            {
                return Consumer(at) ?? call;
            }

            while (at.Parent is IConversionOperation or ITranslatedQueryOperation)
            {
                at = at.Parent;
            }

            switch (at.Parent)
            {
                case IForEachLoopOperation loop when loop.Collection.IsAround(query):
                    return query;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation next } when KnownType.Is(next.TargetMethod.ContainingType, body.Model.Types.Enumerable):
                    at = next;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation text } when text.TargetMethod.ContainingType.SpecialType == SpecialType.System_String:
                    return text;
                case IArgumentOperation:
                    return Consumer(at);
                case IVariableInitializerOperation when LocalOf(at) is { } local && Locals.Uses(local, body.Root).Take(2).ToList() is { Count: 1 } only && UseOrder.IsOneFunction(query, only[0]):
                    at = only[0];
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>A member of <c>Enumerable</c> that does nothing until somebody asks for the elements.</summary>
    private static bool IsLazy(IMethodSymbol method) => method.ReturnType is { TypeKind: TypeKind.Interface };

    /// <summary>The call that runs a query: it makes a list or array of it, or waits for the tasks that it gives.</summary>
    private static IInvocationOperation? Consumer(IOperation query)
    {
        IInvocationOperation? consumer = null;
        for (var at = query; ;)
        {
            while (at.Parent is IConversionOperation conversion)
            {
                at = conversion;
            }

            if (at.Parent is not IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "WhenAll" or "WaitAll" } call })
            {
                return consumer;
            }

            at = consumer = call;
        }
    }

    private static ILocalSymbol? LocalOf(IOperation value)
    {
        while (value.Parent is IConversionOperation conversion)
        {
            value = conversion;
        }

        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } } ? local : null;
    }
}
