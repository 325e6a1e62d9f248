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

        // What comes behind the first use of the name has waited for the file in its way.
        var start = new ProcessUse(ProcessAction.Start, ProcessPipe.None, process.Way);
        var first = body.Root.Descendants().Where(o => PathOf(o) is { } path && Is(Conversions.WithoutAny(path)!, names, texts))
            .Select(use => (Use: use, Behind: new ProcessUse(ProcessAction.Other, ProcessPipe.None, ProcessUses.WayTo(use))))
            .Where(u => UseOrder.LeadsTo(start, u.Behind) && UseOrder.Places(start, u.Behind) is var (at, then) && at.Syntax.Span.End <= then.Syntax.SpanStart)
            .Select(u => (u.Use, At: UseOrder.Places(start, u.Behind)!.Value)).OrderByDescending(u => process.Way.IndexOf(u.At.First)).ThenBy(static u => u.At.Second.Syntax.SpanStart).FirstOrDefault();
        return first.Use is { } use && first.At.Second == use && (TakesAway(use) || IsNew(Conversions.WithoutAny(PathOf(use))!, first.At.First, process, body)) && IsQuiet(first.At.First, use, process.Way, body) && !IsRetried(use, first.At.First)
            ? use
            : null;
    }

    /// <summary>Whether nothing waits from the start to the end of each local function that it stands in, and from the call of that to the use.</summary>
    private static bool IsQuiet(IOperation at, IOperation use, ImmutableArray<IOperation> way, BodyFacts body) => QuietCode.Between(at, use, body) &&
        way.Skip(way.IndexOf(at) + 1).All(inner => QuietCode.Behind(inner, FunctionOf(inner), body));

    private static IOperation FunctionOf(IOperation inner) => inner.AncestorsAndSelf().First(static up => up is IAnonymousFunctionOperation or ILocalFunctionOperation);

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

    /// <summary>Whether the program itself has made up the name, and has not touched the file before the start; a helper or local function that makes the process has touched none.</summary>
    private static bool IsNew(IOperation path, IOperation start, StartedProcess process, BodyFacts body) => path is not IParameterReferenceOperation &&
        (path is not ILocalReferenceOperation { Local: var local } || Locals.OnlyValue(local, body.Root) is { } made && !made.DescendantsAndSelf().Any(static o => o is IParameterReferenceOperation && o.Parent is IVariableInitializerOperation)) &&
        !body.Root.Descendants().Any(o => o.Syntax.Span.End <= start.Syntax.SpanStart && Touched(o).Any(file => IsSame(file.Value, path))) &&
        !process.Helpers.Concat(process.Way.Skip(process.Way.IndexOf(start) + 1).Select(FunctionOf)).Any(static helper => helper.Descendants().Any(static o => !Touched(o).IsEmpty));

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
    private static bool IsRetried(IOperation use, IOperation start) => use.AncestorsAndSelf().Any(up =>
        (up is ILoopOperation || up is ITryOperation { Catches.IsEmpty: false }) && !up.Syntax.Span.Contains(start.Syntax.Span));

    private static bool IsOfFiles(INamedTypeSymbol? type) => type?.ContainingNamespace is { Name: "IO", ContainingNamespace.Name: "System" };
}
