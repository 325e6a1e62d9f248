using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// Whether what is written to a child has no bound: data decides how often it is written, it is read from somewhere as a whole, or it is a text that the caller gives and that is no line.
/// What a field or property holds, what an unknown call gives, and a line that the caller gives may be as short as a password and are taken to be.
/// </summary>
internal sealed class InputSize
{
    private readonly ProcessUse _write;
    private readonly BodyFacts _body;

    private InputSize(ProcessUse write, BodyFacts body)
    {
        _write = write;
        _body = body;
    }

    /// <param name="write">The write.</param>
    /// <param name="process">The child; a loop around its start is none of the write.</param>
    /// <param name="body">The body that starts the child.</param>
    public static bool IsUnbounded(ProcessUse write, StartedProcess process, BodyFacts body)
    {
        if (write.At is not IInvocationOperation call)
        {
            return false;
        }

        var size = new InputSize(write, body);
        return ProcessModels.CopyOf(call) is not null || IsRepeated(write, process, body) ||
            (call.Arguments.Length > 0 && size.IsUnbounded(call.Arguments[0].Value, !call.TargetMethod.Name.Contains("Line"), write.Path.Length - 1, 0));
    }

    /// <summary>Whether data decides how often it is written to one child.</summary>
    public static bool IsRepeated(ProcessUse write, StartedProcess process, BodyFacts body) => write.Path.Any(at =>
        at.AncestorsAndSelf().Any(up => !up.Syntax.Span.Contains(process.Start.Syntax.Span) && up switch
        {
            ILoopOperation loop => IsOfData(loop, body),
            IInvocationOperation call => ProcessUses.SequenceOfEach(call) is { } sequence && RoundCount.Data(sequence, body, 0) is not null,
            _ => false,
        }));

    /// <summary>Whether data decides how often the loop goes round. How many elements come in time nobody knows.</summary>
    private static bool IsOfData(ILoopOperation loop, BodyFacts body) => RoundCount.SourceOf(loop, body) is not null || loop is IForEachLoopOperation { IsAsynchronous: true } ||
        (loop is IWhileLoopOperation { Condition: { } condition } && condition.Descendants().Any(static o => o is IInvocationOperation { TargetMethod: var read } && IsOfFiles(read.ContainingType) && read.Name.StartsWith("Read", System.StringComparison.Ordinal)));

    /// <summary><paramref name="level"/> counts the calls of helpers around the value.</summary>
    private bool IsUnbounded(IOperation? value, bool takesGiven, int level, int depth)
    {
        value = Conversions.WithoutAny(value);
        if (value is null || depth > Limits.ExpressionDepth)
        {
            return false;
        }

        bool Is(IOperation? part) => IsUnbounded(part, takesGiven, level, depth + 1);
        switch (value)
        {
            case { ConstantValue.HasValue: true }:
                return false;
            case IInterpolatedStringOperation text:
                return text.Parts.OfType<IInterpolationOperation>().Any(part => Is(part.Expression));
            case IBinaryOperation both:
                return Is(both.LeftOperand) || Is(both.RightOperand);
            case IAwaitOperation awaited:
                return Is(awaited.Operation);
            case ICoalesceOperation either:
                return Is(either.Value) || Is(either.WhenNull);
            case IConditionalOperation choice:
                return Is(choice.WhenTrue) || Is(choice.WhenFalse);
            case ILocalReferenceOperation { Local: var local }:
                return Is(Locals.OnlyValue(local, value.AncestorsAndSelf().Last()));
            case IParameterReferenceOperation { Parameter: var parameter }:
                return IsUnbounded(parameter, takesGiven, level, depth);
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: IInvocationOperation read }:
                return Is(read);
            case IInvocationOperation call:
                return IsWhole(call) || (IsOfText(call.TargetMethod) && (Is(call.Instance) || call.Arguments.Any(a => Is(a.Value))));
            default:
                return false;
        }
    }

    private bool IsUnbounded(IParameterSymbol parameter, bool takesGiven, int level, int depth)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor } method || !MayBeLong(parameter.Type))
        {
            return false;
        }

        if (level > 0 && _write.Path[level - 1] is IInvocationOperation helper && ProcessUses.Argument(helper, parameter) is { } given)
        {
            return IsUnbounded(given, takesGiven, level - 1, depth + 1);
        }

        var callers = Callers(method).Select(call => ProcessUses.Argument(call, parameter)).ToList();
        return callers.Count == 0 ? takesGiven : callers.Any(argument => IsUnbounded(argument, takesGiven, 0, depth + 1));
    }

    /// <summary>The calls of a private method, all of which are in this file; none where there may be others.</summary>
    private IEnumerable<IInvocationOperation> Callers(IMethodSymbol method)
    {
        if (method is not ({ DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 } or { MethodKind: MethodKind.LocalFunction }) || _body.Root.SemanticModel is not { } model)
        {
            yield break;
        }

        foreach (var call in model.SyntaxTree.GetRoot(_body.Cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression as SimpleNameSyntax;
            if (name?.Identifier.ValueText == method.Name && model.GetOperation(call, _body.Cancellation) is IInvocationOperation known && SymbolEqualityComparer.Default.Equals(known.TargetMethod.OriginalDefinition, method))
            {
                yield return known;
            }
        }
    }

    /// <summary>Whether the call gives all of a file, stream, or text that is put together piece by piece.</summary>
    private bool IsWhole(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "ReadAllText" or "ReadAllTextAsync" or "ReadAllBytes" or "ReadAllBytesAsync" or "ReadToEnd" or "ReadToEndAsync" or "ToArray" } read when IsOfFiles(read.ContainingType) => true,
        { Name: "ToString", ContainingType.Name: "StringBuilder" or "StringWriter", Parameters.IsEmpty: true } => true,
        { Name: "Join", ContainingType.SpecialType: SpecialType.System_String } => call.Arguments.Any(a => RoundCount.Data(a.Value, _body, 0) is not null),
        _ => false,
    };

    /// <summary>Whether the text or bytes that the method gives are about as long as those that it is given.</summary>
    private static bool IsOfText(IMethodSymbol method) => method.Name switch
    {
        "Concat" or "Format" or "Replace" or "ReplaceLineEndings" or "Trim" or "TrimEnd" or "TrimStart" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "ToCharArray" or "ToString" =>
            method.ContainingType?.SpecialType == SpecialType.System_String,
        "GetBytes" or "GetString" => method.ContainingType?.Name == "Encoding",
        "AsMemory" or "AsSpan" => method.ContainingType?.Name == "MemoryExtensions",
        "ConfigureAwait" => true,
        _ => false,
    };

    private static bool MayBeLong(ITypeSymbol type) => type.SpecialType == SpecialType.System_String ||
        type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte or SpecialType.System_Char } or { Name: "ReadOnlyMemory" or "ReadOnlySpan" or "Memory" or "Span" or "StringBuilder" };

    private static bool IsOfFiles(INamedTypeSymbol? type) => type?.ContainingNamespace is { Name: "IO", ContainingNamespace.Name: "System" };
}
