using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// The flags of a <c>ProcessStartInfo</c> at the start: what its creation and the statements before the start set to constants. A flag that is set under a condition or
/// to a value that is not known, or that the code itself asks for, is unknown; so are all when the object goes anywhere else.
/// </summary>
internal sealed class StartInfoFlags
{
    private readonly Dictionary<string, (bool? Value, IOperation? Set)> _flags = [];
    private readonly IInvocationOperation _start;
    private readonly BodyFacts _body;
    private readonly List<IOperation> _arguments = [];
    private readonly HashSet<IOperation> _around = [];
    private bool _isUnknown;

    private StartInfoFlags(IInvocationOperation start, BodyFacts body)
    {
        _start = start;
        _body = body;
    }

    public static StartInfoFlags Of(StartedProcess process, BodyFacts body) => Of(process.InnerStart, process.Infos, body);

    /// <summary>The flags that <c>Process.Start(info)</c> is given, whatever becomes of the process; null for another start.</summary>
    public static StartInfoFlags? Given(IInvocationOperation start, BodyFacts body) =>
        start.Arguments is { Length: 1 } only && KnownType.Is(only[0].Value.Type, body.Model.Types.ProcessStartInfo) ? Of(start, ImmutableArray.Create(only[0].Value), body) : null;

    private static StartInfoFlags Of(IInvocationOperation start, ImmutableArray<IOperation> infos, BodyFacts body)
    {
        var flags = new StartInfoFlags(start, body);
        var given = infos.Where(static info => !IsOfProcess(info)).ToList();
        flags._isUnknown = given.Count > 1;
        if (start.TargetMethod.IsStatic && infos.IsEmpty)
        {
            flags.FileName = start.Arguments.FirstOrDefault()?.Value;
        }

        foreach (var info in infos.OrderBy(static info => IsOfProcess(info)))
        {
            if (IsOfProcess(info))
            {
                flags.Mention(info, info.AncestorsAndSelf().Last(), start);
            }
            else
            {
                flags.Take(info, info.AncestorsAndSelf().Last(), 0);
            }
        }

        return flags;
    }

    /// <summary>Whether the pipe is redirected; null when that is not known.</summary>
    public bool? IsRedirected(ProcessPipe pipe) => _isUnknown ? null : _flags.TryGetValue(NameOf(pipe), out var flag) ? flag.Value : false;

    /// <summary>What redirects the pipe.</summary>
    public IOperation? Redirection(ProcessPipe pipe) => _flags.TryGetValue(NameOf(pipe), out var flag) ? flag.Set : null;

    /// <summary>Whether the start goes through the shell; null when that is not known.</summary>
    public bool? UsesShell => _isUnknown ? null : _flags.TryGetValue(ShellFlag, out var flag) ? flag.Value : ProcessModels.UsesShellByDefault(_body.Model.Compilation);

    /// <summary>What says whether the start goes through the shell; null where the framework decides.</summary>
    public IOperation? Shell => _flags.TryGetValue(ShellFlag, out var flag) ? flag.Set : null;

    /// <summary>What the child is given as its arguments, as far as it is seen.</summary>
    public IEnumerable<IOperation> Arguments => _start.TargetMethod.IsStatic && _start.Arguments.Length > 1 ? _start.Arguments.Skip(1).Select(static a => a.Value) : _arguments;

    /// <summary>The program that is started; null where it is not seen, or set more than once.</summary>
    public IOperation? FileName { get; private set; }

    public const string ShellFlag = "UseShellExecute";

    /// <summary>The property that redirects the pipe.</summary>
    public static string NameOf(ProcessPipe pipe) => $"RedirectStandard{pipe}";

    /// <summary><c>p.StartInfo</c>, or <c>StartInfo = { … }</c> in the creation, as opposed to a value that is given: that of another process, too.</summary>
    private static bool IsOfProcess(IOperation info) => info is IPropertyReferenceOperation { Property: { Name: "StartInfo", ContainingType.Name: "Process" } } &&
        info.Parent is not IArgumentOperation && (info.Parent is not ISimpleAssignmentOperation assignment || assignment.Target == info);

    /// <summary>Takes the expression that makes the object.</summary>
    private void Take(IOperation? value, IOperation root, int depth)
    {
        value = Conversions.WithoutBuiltIn(value);
        switch (value)
        {
            case IObjectCreationOperation creation when KnownType.Is(creation.Type, _body.Model.Types.ProcessStartInfo):
                FileName = creation.Arguments.FirstOrDefault()?.Value;
                _arguments.AddRange(creation.Arguments.Skip(1).Select(static a => a.Value));
                Initialize(creation.Initializer);
                break;
            case ILocalReferenceOperation { Local: var local } when Locals.OnlyValue(local, root) is { } made:
                Take(made, root, depth);
                foreach (var use in Locals.Uses(local, root))
                {
                    Mention(use, root, depth == 0 ? _start : null);
                }

                break;
            case IPropertyReferenceOperation { Property: { GetMethod: { } getter, SetMethod: null } } when depth < Limits.CallDepth && Returned(getter) is var (returned, body):
                Take(returned, body, depth + 1);
                break;
            case IInvocationOperation call when depth < Limits.CallDepth && Returned(call.TargetMethod) is var (returned, body):
                Take(returned, body, depth + 1);
                break;
            default:
                _isUnknown = true;
                break;
        }
    }

    /// <summary>The one value that a helper of the file returns, and its body.</summary>
    private (IOperation Value, IOperation Body)? Returned(IMethodSymbol method) =>
        !method.IsAsync && HelperBody.Of(method, _body) is { } body && HelperBody.Returned(body) is { } value ? (value, body) : null;

    private void Initialize(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var member in initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment)
            {
                Set(property.Property.Name, assignment, true);
            }
            else if (member is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" } } list)
            {
                _arguments.AddRange(list.Initializer.Initializers.OfType<IInvocationOperation>().SelectMany(static added => added.Arguments).Select(static a => a.Value));
            }
        }
    }

    /// <summary>Takes one mention of the object; <paramref name="start"/> is null in a helper that makes it.</summary>
    private void Mention(IOperation mention, IOperation root, IOperation? start)
    {
        while (mention.Parent is IConversionOperation conversion)
        {
            mention = conversion;
        }

        switch (mention.Parent)
        {
            case IMemberInitializerOperation nested:
                Initialize(nested.Initializer);
                break;
            case IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation helper } when helper != _start && !helper.TargetMethod.IsAsync && HelperBody.Of(helper.TargetMethod, _body) is { } inner && !_around.Contains(helper):
                // What the helper does is as certain as its call.
                _around.Add(helper);
                foreach (var use in inner.Descendants().OfType<IParameterReferenceOperation>().Where(use => use.Parameter.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(use.Parameter.ContainingSymbol, (helper.TargetMethod.ReducedFrom ?? helper.TargetMethod).OriginalDefinition)))
                {
                    Mention(use, inner, null);
                }

                _isUnknown |= !IsCertain(helper, start);
                _around.Remove(helper);
                break;
            case IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation assignment } property when assignment.Target == property:
                Set(property.Property.Name, assignment, IsCertain(assignment, start));
                break;
            case IPropertyReferenceOperation { Property.Name: "ArgumentList", Parent: IInvocationOperation { Arguments: { Length: 1 } added } }:
                _arguments.Add(added[0].Value);
                break;
            case IPropertyReferenceOperation { Property.Type.SpecialType: SpecialType.System_Boolean } asked:
                _flags[asked.Property.Name] = (null, asked);
                break;
            case IPropertyReferenceOperation or INameOfOperation or IReturnOperation when start is null || mention.Parent is not IReturnOperation:
            case IArgumentOperation { Parent: IInvocationOperation call } when call == _start:
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } when IsOfProcess(target):
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } alias } } when Locals.OnlyValue(alias, root) is not null:
                foreach (var use in Locals.Uses(alias, root))
                {
                    Mention(use, root, start);
                }

                break;
            default:
                _isUnknown = true;
                break;
        }
    }

    private void Set(string flag, ISimpleAssignmentOperation assignment, bool isCertain)
    {
        switch (flag)
        {
            case "Arguments":
                _arguments.Add(assignment.Value);
                break;
            case "FileName":
                FileName = FileName is null ? assignment.Value : null;
                break;
            default:
                _flags[flag] = (isCertain && assignment.Value.ConstantValue is { HasValue: true, Value: bool value } ? value : null, assignment);
                break;
        }
    }

    /// <summary>Whether the assignment is made before each run of the start.</summary>
    private static bool IsCertain(IOperation assignment, IOperation? start)
    {
        for (var up = assignment.Parent; up is not null; up = up.Parent)
        {
            if (start is not null && up.Syntax.Span.Contains(start.Syntax.Span) && up is not ILoopOperation)
            {
                return assignment.Syntax.Span.End <= start.Syntax.SpanStart;
            }

            if (up is IConditionalOperation or ISwitchOperation or ILoopOperation or ICatchClauseOperation or IAnonymousFunctionOperation or IConditionalAccessOperation)
            {
                return false;
            }
        }

        return start is null;
    }
}
