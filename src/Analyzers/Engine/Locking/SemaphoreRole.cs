using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Whether a semaphore is used as a lock: each function that releases it has acquired it before, each that acquires it releases it, and nothing else is done
/// with it than dispose of it or look at it. A release in another function than the acquire may be a signal, and one of several counts a throttle.
/// </summary>
internal static class SemaphoreRole
{
    private const int Never = int.MaxValue;

    /// <summary>Whether every use of <paramref name="holder"/> is seen and is that of a lock.</summary>
    public static bool IsLock(ISymbol holder, SemanticModel semantics, Model model, CancellationToken cancellation)
    {
        if (VariableUses.All(holder, semantics, cancellation) is not { } uses)
        {
            return false;
        }

        var functions = new Dictionary<SyntaxNode, (int Acquire, int Release)>();
        foreach (var use in uses)
        {
            if (CallOn(use) is not { } call)
            {
                if (!IsNeutral(use, model))
                {
                    return false;
                }

                continue;
            }

            var action = model.Locks.MeaningOf(call);
            if (action is null)
            {
                if (call.TargetMethod.Name != "Dispose")
                {
                    return false;
                }

                continue;
            }

            var function = FunctionAround(call.Syntax);
            var (acquire, release) = functions.TryGetValue(function, out var known) ? known : (Never, Never);
            switch (action.Verb)
            {
                case LockVerb.Acquire or LockVerb.TryAcquire:
                    functions[function] = (System.Math.Min(acquire, call.Syntax.SpanStart), release);
                    break;
                case LockVerb.Release:
                    functions[function] = (acquire, System.Math.Min(release, call.Syntax.SpanStart));
                    break;
                default:
                    return false;
            }
        }

        return functions.Count > 0 && functions.Values.All(static f => f.Release != Never && f.Acquire < f.Release);
    }

    /// <summary>The method that is called on the semaphore, by <c>.</c> or by <c>?.</c>.</summary>
    private static IInvocationOperation? CallOn(IOperation use) => use.Parent switch
    {
        IInvocationOperation call when call.Instance == use => call,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access when access.Operation == use => call,
        _ => null,
    };

    /// <summary>A use that neither acquires nor releases nor hands it on.</summary>
    private static bool IsNeutral(IOperation use, Model model) => use.Parent switch
    {
        INameOfOperation or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation } => true,
        IPropertyReferenceOperation { Property.Name: "CurrentCount" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } } => true,
        ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == use => IsOwn(assignment.Value, model),
        ICoalesceAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == use => IsOwn(assignment.Value, model),
        _ => false,
    };

    /// <summary>A fresh semaphore of one, or none.</summary>
    private static bool IsOwn(IOperation value, Model model) => Conversions.WithoutBuiltIn(value) switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } => true,
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } creation => KnownType.Is(creation.Type, model.Types.SemaphoreSlim) &&
            arguments.First(static a => a.Parameter?.Ordinal == 0).Value.ConstantValue is { HasValue: true, Value: 1 },
        _ => false,
    };

    private static SyntaxNode FunctionAround(SyntaxNode syntax) => syntax.Ancestors().First(static a => a is
        AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);
}
