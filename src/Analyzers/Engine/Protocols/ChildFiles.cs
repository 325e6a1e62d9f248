using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// The first use of a file whose name the child has among its arguments, behind the start: one that reads what the child is to make, or takes away what it may still
/// read. A file that the program has written or looked at itself, or that it is given, may be there already, so that only taking it away is one.
/// </summary>
internal static class ChildFiles
{
    public static IOperation? Of(StartedProcess process, StartInfoFlags flags, BodyFacts body)
    {
        var names = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var texts = new List<string>();
        foreach (var argument in flags.Arguments)
        {
            Collect(argument, names, texts, process, 0);
        }

        if (names.Count == 0 && texts.Count == 0)
        {
            return null;
        }

        var start = new ProcessUse(ProcessAction.Start, ProcessPipe.None, ImmutableArray.Create<IOperation>(process.Start));
        foreach (var use in body.Root.Descendants().Where(o => o.Syntax.SpanStart >= process.Start.Syntax.Span.End && PathOf(o) is not null))
        {
            var path = Conversions.WithoutAny(PathOf(use))!;
            if (!Is(path, names, texts) || !UseOrder.LeadsTo(start, new ProcessUse(ProcessAction.Other, ProcessPipe.None, ImmutableArray.Create(use))))
            {
                continue;
            }

            // What comes behind the first use of the name has waited for the file in its way.
            return (TakesAway(use) || IsNew(path, process, body)) && QuietCode.Between(process.Start, use, body) && !IsRetried(use, process) ? use : null;
        }

        return null;
    }

    private static void Collect(IOperation value, HashSet<ISymbol> names, List<string> texts, StartedProcess process, int depth)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_String } local:
                    names.Add(local.Local);
                    if (depth < Limits.CallDepth && Locals.OnlyValue(local.Local, local.AncestorsAndSelf().Last()) is { } made)
                    {
                        Collect(made, names, texts, process, depth + 1);
                    }

                    break;
                case IParameterReferenceOperation { Type.SpecialType: SpecialType.System_String } parameter:
                    names.Add(parameter.Parameter);
                    if (depth < Limits.CallDepth && process.Given(parameter.Parameter) is { } given)
                    {
                        Collect(given, names, texts, process, depth + 1);
                    }

                    break;
                case { ConstantValue: { HasValue: true, Value: string text } }:
                    texts.Add(text);
                    break;
            }
        }
    }

    private static bool Is(IOperation path, HashSet<ISymbol> names, List<string> texts) => path switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text.Length > 4 && text.Contains('.') && texts.Exists(argument => argument.Contains(text)),
        ILocalReferenceOperation local => names.Contains(local.Local),
        IParameterReferenceOperation parameter => names.Contains(parameter.Parameter),
        _ => false,
    };

    /// <summary>The name of the file that the operation opens, reads, moves or deletes; null for any other.</summary>
    private static IOperation? PathOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "File", Name: var name } method, Arguments: { Length: > 0 } arguments }
            when IsOfFiles(method.ContainingType) && (name.StartsWith("Read", System.StringComparison.Ordinal) || name.StartsWith("Open", System.StringComparison.Ordinal) || name is "Copy" or "Move" or "Delete") => arguments[0].Value,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Directory", Name: "Delete" or "Move" } method, Arguments: { Length: > 0 } arguments } when IsOfFiles(method.ContainingType) => arguments[0].Value,
        IObjectCreationOperation { Type: INamedTypeSymbol { Name: "StreamReader" or "FileStream" } type, Arguments: { Length: > 0 } arguments } when IsOfFiles(type) => arguments[0].Value,
        _ => null,
    };

    private static bool TakesAway(IOperation use) => use is IInvocationOperation { TargetMethod.Name: "Delete" or "Move" };

    /// <summary>Whether the program itself has made up the name, and has not touched the file before the start; a helper that makes the process has touched none.</summary>
    private static bool IsNew(IOperation path, StartedProcess process, BodyFacts body) => path is not IParameterReferenceOperation &&
        (path is not ILocalReferenceOperation { Local: var local } || Locals.OnlyValue(local, body.Root) is { } made && !made.DescendantsAndSelf().Any(static o => o is IParameterReferenceOperation && o.Parent is IVariableInitializerOperation)) &&
        !body.Root.Descendants().Any(o => o.Syntax.Span.End <= process.Start.Syntax.SpanStart && Touched(o).Any(file => IsSame(file.Value, path))) &&
        !process.Helpers.Any(static helper => helper.Descendants().Any(static o => !Touched(o).IsEmpty));

    /// <summary>What a call or creation that has to do with files is given.</summary>
    private static ImmutableArray<IArgumentOperation> Touched(IOperation operation) => operation switch
    {
        IInvocationOperation call when IsOfFiles(call.TargetMethod.ContainingType) && call.TargetMethod.ContainingType.Name is not "Path" => call.Arguments,
        IObjectCreationOperation creation when IsOfFiles(creation.Type as INamedTypeSymbol) => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };

    private static bool IsSame(IOperation value, IOperation path) => (Conversions.WithoutAny(value), path) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Local, b.Local),
        ({ ConstantValue: { HasValue: true, Value: string a } }, { ConstantValue: { HasValue: true, Value: string b } }) => a == b,
        _ => false,
    };

    /// <summary>Whether the use is in a loop or <c>try</c> of its own, which may come back to it until the file is there.</summary>
    private static bool IsRetried(IOperation use, StartedProcess process) => use.AncestorsAndSelf().Any(up =>
        (up is ILoopOperation || up is ITryOperation { Catches.IsEmpty: false }) && !up.Syntax.Span.Contains(process.Start.Syntax.Span));

    private static bool IsOfFiles(INamedTypeSymbol? type) => type?.ContainingNamespace is { Name: "IO", ContainingNamespace.Name: "System" };
}
