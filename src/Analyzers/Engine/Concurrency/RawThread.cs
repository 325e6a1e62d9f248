using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What a body does with a thread that it makes and keeps in a local, or in a local array or list: whether it is made for what it runs and nothing else (no name,
/// apartment, priority, stack or culture), and where it is joined.
/// </summary>
internal sealed class RawThread
{
    private readonly BodyFacts _body;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _joins = [];
    private bool _isPlain = true;

    private RawThread(BodyFacts body) => _body = body;

    /// <summary>The joins without a timeout, in no order.</summary>
    public IReadOnlyList<IOperation> Joins => _joins;

    /// <summary>The thread, or null when it is made for more than to run its body, or some use of it is out of sight.</summary>
    public static RawThread? Of(IObjectCreationOperation creation, BodyFacts body)
    {
        if (creation is not { Arguments.Length: 1, Initializer: null or { Initializers.IsEmpty: true } } || ForkHandle.Of(creation) is not { Variable: ILocalSymbol local, Home: var home })
        {
            return null;
        }

        var thread = new RawThread(body);
        thread.Kept(local, home == HandleHome.Group);
        return thread._isPlain ? thread : null;
    }

    private void Kept(ILocalSymbol local, bool isGroup)
    {
        if (_seen.Add(local))
        {
            foreach (var use in Locals.Uses(local, _body.Root))
            {
                if (isGroup)
                {
                    UseGroup(use);
                }
                else
                {
                    Use(use);
                }
            }
        }
    }

    private void Use(IOperation use)
    {
        switch (use.Parent)
        {
            case IInvocationOperation call when call.Instance == use:
                var action = WaitModels.ActionOf(call.TargetMethod, _body.Model.Types);
                _isPlain &= call.Arguments.IsEmpty && action is HandleAction.Start or HandleAction.Join;
                if (action == HandleAction.Join)
                {
                    _joins.Add(call);
                }

                break;
            case IPropertyReferenceOperation { Property.Name: "IsBackground" }:
                break;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation group } }:
                Kept(group.Local, isGroup: true);
                break;
            case ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation array } } assignment when assignment.Value == use:
                Kept(array.Local, isGroup: true);
                break;
            case ISimpleAssignmentOperation assignment when assignment.Target == use:
                break;
            default:
                _isPlain = false;
                break;
        }
    }

    private void UseGroup(IOperation use)
    {
        switch (use.Parent)
        {
            case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }:
                Use(use.Parent);
                break;
            case IForEachLoopOperation { Locals: { Length: 1 } each }:
                Kept(each[0], isGroup: false);
                break;
            case IConversionOperation { Parent: IForEachLoopOperation { Locals: { Length: 1 } each } }:
                Kept(each[0], isGroup: false);
                break;
            case IInvocationOperation { TargetMethod.Name: "ForEach", Arguments: { Length: 1 } given } when given[0].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                foreach (var reference in lambda.Body.Descendants().OfType<IParameterReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Parameter.ContainingSymbol, lambda.Symbol)))
                {
                    Use(reference);
                }

                break;
            case IInvocationOperation { TargetMethod.Name: "Add" } call when call.Instance == use:
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
                break;
            case ISimpleAssignmentOperation assignment when assignment.Target == use:
                break;
            default:
                _isPlain = false;
                break;
        }
    }
}
