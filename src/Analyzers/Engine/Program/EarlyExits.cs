using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>A read of what there is only when a child has exited, where nothing has waited for that in the function that got the child from a member in source.</summary>
/// <param name="In">The member.</param>
/// <param name="Read">The read.</param>
/// <param name="Property">What is read.</param>
/// <param name="Call">The call that gives the child.</param>
/// <param name="Giver">The member that gives it.</param>
/// <param name="IsAlone">Nothing between the call and the read can wait for the child by way of somebody else who has it.</param>
internal sealed record EarlyExit(BodySummary In, TextSpan Read, string Property, TextSpan Call, IMethodSymbol Giver, bool IsAlone)
{
    /// <summary>Those of one body, before it is known whether the member that gives the child has just started it.</summary>
    public static IEnumerable<EarlyExit> Of(BodyFacts body, BodySummary summary)
    {
        // Each member of the compilation is asked; hardly one reads an exit code.
        if ((body.Contents & BodyContents.Processes) == 0)
        {
            yield break;
        }

        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            // What a helper of the file starts is seen without the whole compilation.
            if (!KnownType.Is(call.Type, body.Model.Types.Process) || !Given.IsFollowed(call) || call.TargetMethod.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == call.Syntax.SyntaxTree))
            {
                continue;
            }

            var uses = new ProcessUses(body);
            if (!IsInSight(call, uses, body) || uses.Starts(body.Model.Types) > 0)
            {
                continue;
            }

            foreach (var early in EarlyExitRead.Of(new StartedProcess(call, uses.All(call), ImmutableArray<IOperation>.Empty, null), body).Where(static early => early.Unsure.IsEmpty && early.Read.Path.Length == 1))
            {
                yield return new EarlyExit(summary, early.Read.At.Syntax.Span, early.Read.At is IPropertyReferenceOperation { Property.Name: var name } ? name : "", call.Syntax.Span, Given.Definition(call.TargetMethod), IsAloneBetween(call, early.Read.At));
            }
        }
    }

    /// <summary>Whether all that is done with the child is known: it is in a local that is written once, or in a list or array.</summary>
    private static bool IsInSight(IInvocationOperation call, ProcessUses uses, BodyFacts body)
    {
        if (call.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var child } })
        {
            return ProcessUses.GroupOf(call) is not null && uses.TakeProcess(call, ImmutableArray<IOperation>.Empty);
        }

        uses.TakeDeclaration(child);
        return child.RefKind == RefKind.None && Locals.OnlyValue(child, body.Root) is not null && Locals.Uses(child, body.Root).All(use => uses.TakeProcess(use, ImmutableArray<IOperation>.Empty));
    }

    /// <summary>
    /// Code of the source, tasks and delegates may wait for whatever they have got hold of. More children from the same member are no such thing.
    /// </summary>
    private static bool IsAloneBetween(IInvocationOperation call, IOperation read) => !call.AncestorsAndSelf().Last().Descendants()
        .Where(o => o.Syntax.SpanStart >= call.Syntax.Span.End && o.Syntax.Span.End <= read.Syntax.SpanStart)
        .Any(o => o switch
        {
            IInvocationOperation other => other.TargetMethod.MethodKind == MethodKind.DelegateInvoke || (IsInSource(other.TargetMethod) && !SymbolEqualityComparer.Default.Equals(other.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition)),
            IObjectCreationOperation creation => creation.Constructor is { } constructor && IsInSource(constructor),
            IPropertyReferenceOperation property => IsInSource(property.Property) && !SharedPlace.IsAuto(property.Property),
            IAwaitOperation wait => wait.Operation is not IInvocationOperation,
            IDynamicInvocationOperation or IFunctionPointerInvocationOperation => true,
            _ => false,
        });

    private static bool IsInSource(ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsEmpty;
}

/// <summary>What a member whose type is a process gives: children that it starts itself, or gets from other members.</summary>
/// <param name="From">The members that it gets them from.</param>
/// <param name="IsKept">Whether somebody else gets the child as well.</param>
internal sealed record Given(ImmutableArray<IMethodSymbol> From, bool IsKept)
{
    /// <summary>Null where it may give a child that has run for a while.</summary>
    public static Given? Of(BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol { IsAsync: false, ReturnType: var type } || !KnownType.Is(type, body.Model.Types.Process))
        {
            return null;
        }

        var from = ImmutableArray.CreateBuilder<IMethodSymbol>();
        var isKept = false;
        return Operations.OfFunction(body.Root).OfType<IReturnOperation>().All(returned => Take(returned.ReturnedValue)) ? new Given(from.ToImmutable(), isKept) : null;

        bool Take(IOperation? value)
        {
            switch (Conversions.WithoutThrow(value))
            {
                case IInvocationOperation { TargetMethod.IsStatic: true } start when ProcessModels.IsStart(start.TargetMethod, body.Model.Types):
                    return true;
                case IInvocationOperation call when IsFollowed(call):
                    from.Add(Definition(call.TargetMethod));
                    return true;
                case ILocalReferenceOperation { Local: var local } when Locals.OnlyValue(local, body.Root) is { } made && Conversions.WithoutThrow(made) is IInvocationOperation:
                    return Take(made) && Locals.Uses(local, body.Root).All(TakeUse);
                default:
                    return false;
            }
        }

        bool TakeUse(IOperation use)
        {
            switch (use.Parent)
            {
                case IReturnOperation:
                    return true;
                case IPropertyReferenceOperation property when property.Instance == use:
                    return property.Property.Name != "HasExited";
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Add" or "TryAdd" or "Enqueue" or "Push", DeclaringSyntaxReferences.IsEmpty: true } } }:
                    isKept = true;
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether the call runs a member in source, and it is certain which.</summary>
    public static bool IsFollowed(IInvocationOperation call) => call.TargetMethod is { DeclaringSyntaxReferences.IsEmpty: false, MethodKind: MethodKind.Ordinary } && !ForkBodies.MayBeOverridden(call.TargetMethod);

    public static IMethodSymbol Definition(IMethodSymbol method) => method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
}
