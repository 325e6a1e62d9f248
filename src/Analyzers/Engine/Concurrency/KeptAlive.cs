using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Whether the process may live on when a program's own code has ended: a foreground thread that it starts and does not join, or code that is not seen and may
/// start one. The framework's members start none.
/// </summary>
internal sealed class KeptAlive
{
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    private KeptAlive()
    {
    }

    public static bool Is(BodyFacts program) => new KeptAlive().In(program.Root, program, 0);

    /// <summary>Whether it is certain that the thread does not hold the process open.</summary>
    public static bool IsBackground(ForkStart start, BodyFacts facts) => start.Creation is IObjectCreationOperation creation && IsBackground(creation, facts);

    private bool In(IOperation function, BodyFacts facts, int depth) => function.DescendantsAndSelf().Any(operation => operation switch
    {
        IObjectCreationOperation { Constructor: { } constructor } made => ForkModels.KindOf(constructor, facts.Model.Types) == ForkKind.Thread ? !IsBackground(made, facts) && !IsJoined(made, facts) : Through(constructor, facts, depth),
        IInvocationOperation call => Through(call.TargetMethod, facts, depth),
        IDynamicInvocationOperation or IFunctionPointerInvocationOperation => true,
        _ => false,
    });

    private bool Through(IMethodSymbol method, BodyFacts facts, int depth)
    {
        facts.Cancellation.ThrowIfCancellationRequested();
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction)
        {
            // The body of a local function lies in the body that is looked at.
            return method.MethodKind == MethodKind.DelegateInvoke;
        }

        if (method.DeclaringSyntaxReferences.IsEmpty)
        {
            return !method.IsImplicitlyDeclared && !(method.ContainingNamespace?.ToDisplayString() is { } space && (space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal)));
        }

        if (method.MethodKind == MethodKind.Constructor && method.DeclaringSyntaxReferences[0].GetSyntax(facts.Cancellation) is BaseTypeDeclarationSyntax)
        {
            return false;
        }

        return depth >= Limits.CallDepth || ForkWrites.SourceOf(method, facts) is not { } source || (_followed.Add(method.OriginalDefinition) &&
            In(source, BodyFacts.Collect(source, method.OriginalDefinition, facts.Model, facts.Cancellation), depth + 1));
    }

    private static bool IsBackground(IObjectCreationOperation creation, BodyFacts facts) =>
        (creation.Initializer?.Initializers.Any(static i => IsSet(i)) ?? false) ||
        (ForkHandle.Of(creation).Variable is { } handle && HandleUses.Of(handle, facts) is { } uses && uses.Any(IsSetOn));

    private static bool IsSetOn(IOperation use) => use.Parent is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation assignment } && IsSet(assignment);

    private static bool IsSet(IOperation operation) => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "IsBackground" }, Value.ConstantValue: { HasValue: true, Value: true } };

    private static bool IsJoined(IObjectCreationOperation creation, BodyFacts facts) => ForkHandle.Of(creation).Variable is { } handle &&
        facts.HandleCalls.Any(call => WaitModels.ActionOf(call.TargetMethod, facts.Model.Types) == HandleAction.Join && call.Instance is { } receiver &&
            HandleUses.Kept(receiver, facts) is { } kept && SymbolEqualityComparer.Default.Equals(kept.Variable, handle));
}
