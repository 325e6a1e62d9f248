using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Mutexes and semaphores with a name that a type makes for itself, and the members that run under one. A lock that nobody takes keeps nobody out, and neither does one that only other members take. What may hand the lock on, leave it held for
/// a caller, or run code of others under it, makes it unknown who holds it.
/// </summary>
internal sealed class NamedGates(TypeFacts type)
{
    private readonly IReadOnlyList<BodyFacts> _bodies = type.AllBodies();

    /// <summary>The members that may run while the lock is held; null where others may.</summary>
    public ISet<ISymbol>? Holders(IObjectCreationOperation creation, BodyFacts body)
    {
        var types = body.Model.Types;
        if (KnownType.Is(creation.Type, types.EventWaitHandle) || NamedPrimitives.AsksForFirst(creation) || NamedPrimitives.IsTaken(creation) || UsesOf(creation, body) is not { } uses)
        {
            return null;
        }

        var holders = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var around in uses.GroupBy(static u => u.Body))
        {
            var calls = around.Select(static u => CallOn(u.Use)).ToList();
            if (calls.Any(static name => name is null) || calls.Contains("WaitOne") != calls.Any(static name => name is "ReleaseMutex" or "Release") || (calls.Contains("WaitOne") && !Reach(around.Key, holders)))
            {
                return null;
            }
        }

        return holders;
    }

    /// <summary>Every use of the local or private field that the lock is kept in, but for what puts it there.</summary>
    private IEnumerable<(IOperation Use, BodyFacts Body)>? UsesOf(IObjectCreationOperation creation, BodyFacts body)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } }:
                return Locals.Uses(local, body.Root).Select(use => ((IOperation)use, body));
            case IFieldInitializerOperation { InitializedFields: { Length: 1 } fields }:
                return UsesOf(fields[0], null);
            case ISimpleAssignmentOperation { Target: IFieldReferenceOperation target, Parent: IExpressionStatementOperation } when ValueSource.IsOwn(target.Instance):
                return UsesOf(target.Field, target);
            default:
                return null;
        }
    }

    private IEnumerable<(IOperation, BodyFacts)>? UsesOf(IFieldSymbol field, IOperation? write) =>
        field.DeclaredAccessibility == Accessibility.Private && SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.Type.OriginalDefinition) && !type.IsNamedByNestedTypes(field.Name)
            ? _bodies.SelectMany(b => b.Root.Descendants().Where(o => o != write && o is IFieldReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Field.OriginalDefinition, field.OriginalDefinition)).Select(o => (o, b)))
            : null;

    /// <summary>The method of the lock that is called, which does not give it away; null for any other use.</summary>
    private static string? CallOn(IOperation use) => use.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "WaitOne" or "ReleaseMutex" or "Release" or "Dispose" or "Close" } call when call.Instance == use => call.TargetMethod.Name,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: "WaitOne" or "ReleaseMutex" or "Release" or "Dispose" or "Close" } call } access when access.Operation == use => call.TargetMethod.Name,
        _ => null,
    };

    /// <summary>Adds the members that a body runs; false where it may run anything.</summary>
    private bool Reach(BodyFacts body, HashSet<ISymbol> reached)
    {
        if (!reached.Add(body.Owner.OriginalDefinition))
        {
            return true;
        }

        foreach (var operation in body.Root.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } or { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } } call
                    when call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || ValueSource.IsOwn(call.Instance):
                case IInstanceReferenceOperation { Parent: IArgumentOperation or IConversionOperation { Parent: IArgumentOperation } }:
                case IEventReferenceOperation { Parent: not IEventAssignmentOperation }:
                    return false;
            }

            if (!MembersOf(operation).All(Follow))
            {
                return false;
            }
        }

        return true;

        bool Follow(IMethodSymbol? member) => member is null || _bodies.FirstOrDefault(b => SymbolEqualityComparer.Default.Equals(b.Owner.OriginalDefinition, member.OriginalDefinition)) is not { } inner || Reach(inner, reached);
    }

    private static IEnumerable<IMethodSymbol?> MembersOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => [call.TargetMethod],
        IMethodReferenceOperation reference => [reference.Method],
        IPropertyReferenceOperation property => [property.Property.GetMethod, property.Property.SetMethod],
        _ => [],
    };
}
