using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// How a constructor or method in source opens a scope: it takes one lock whatever way it returns, and disposing of what it makes gives that back
/// (<c>public IDisposable Hold() { Monitor.Enter(_sync); return new Releaser(this); }</c>). Read from syntax, as its body belongs to another type as a rule.
/// </summary>
/// <param name="Kind">The type of lock.</param>
/// <param name="Mode">How it is held.</param>
/// <param name="Field">The field of the member's type that is the lock; null when <paramref name="Parameter"/> is it.</param>
/// <param name="Parameter">The ordinal of the parameter that is the lock, or -1.</param>
internal sealed record GuardOpening(LockKind Kind, LockMode Mode, IFieldSymbol? Field, int Parameter)
{
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<GuardOpening?>> s_known = new();

    public static GuardOpening? Of(IMethodSymbol? method, Model model)
    {
        method = (method?.ReducedFrom ?? method)?.OriginalDefinition;
        if (method is not { MethodKind: MethodKind.Ordinary or MethodKind.Constructor, IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences.Length: 1 })
        {
            return null;
        }

        if (!s_known.TryGetValue(method, out var known))
        {
            known = new StrongBox<GuardOpening?>(Read(method, model, 0));
            known = s_known.GetValue(method, _ => known);
        }

        return known.Value;
    }

    /// <summary>
    /// The lock under which the method runs the delegate that it is given: it acquires, calls it inside a <c>try</c>, awaiting what it returns, and releases in the <c>finally</c>.
    /// </summary>
    public static GuardOpening? OfRunner(IMethodSymbol method, int ordinal, Model model) => OfRunner(method, ordinal, model, 0);

    private static GuardOpening? OfRunner(IMethodSymbol method, int ordinal, Model model, int depth)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (method is not { MethodKind: MethodKind.Ordinary, IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences.Length: 1 } ||
            method.DeclaringSyntaxReferences[0].GetSyntax() is not MethodDeclarationSyntax declaration)
        {
            return null;
        }

        if (depth < Limits.CallDepth && HandedTo(declaration, method) is var (called, call))
        {
            var handed = call.ArgumentList.Arguments.IndexOf(a => a.Expression is IdentifierNameSyntax given && given.Identifier.ValueText == method.Parameters[ordinal].Name);
            return handed >= 0 && handed < called.Parameters.Length && OfRunner(called, handed, model, depth + 1) is { } inner ? InTermsOf(method, call, inner) : null;
        }

        if (declaration is not { Body.Statements: var statements })
        {
            return null;
        }

        var at = statements.IndexOf(static s => s is TryStatementSyntax);
        if (at < 1 || statements[at] is not TryStatementSyntax { Finally.Block: var ending, Block: var guarded } || statements[at - 1] is not ExpressionStatementSyntax ||
            ForwardingBody.Returning(statements[at - 1], model.Locks.Words) is not { Call: not null } body || Opening(method, body, isMade: false, model) is not { } opening ||
            !SaysRelease(ending, opening.Kind, opening.Mode) || statements.Take(at - 1).Any(static s => s is not (LocalDeclarationStatementSyntax or IfStatementSyntax or ExpressionStatementSyntax)))
        {
            return null;
        }

        var parameter = method.Parameters[ordinal];
        var uses = method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == parameter.Name).ToList();
        var isAsync = parameter.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && TaskModels.IsTask(invoke.ReturnType, model.Types);
        return parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate } && uses.Any(use => guarded.Span.Contains(use.Span)) &&
            uses.All(use => IsCheck(use) || (guarded.Span.Contains(use.Span) && IsRun(use, isAsync)))
                ? opening
                : null;
    }

    private static bool IsCheck(IdentifierNameSyntax use) =>
        use.FirstAncestorOrSelf<StatementSyntax>() is IfStatementSyntax check && check.Condition.Span.Contains(use.Span) ||
        use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ThrowIfNull" } } };

    /// <summary>It is called on the spot, and what it returns is awaited where that is a task.</summary>
    private static bool IsRun(IdentifierNameSyntax use, bool isAsync)
    {
        SyntaxNode value = use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access && access.Expression == use ? access : use;
        if (value.Parent is not InvocationExpressionSyntax call || call.Expression != value || call.Ancestors().TakeWhile(static a => a is not MemberDeclarationSyntax).Any(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        {
            return false;
        }

        var result = call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? configured.Parent : call.Parent;
        return !isAsync || result is AwaitExpressionSyntax;
    }

    private static GuardOpening? Read(IMethodSymbol method, Model model, int depth)
    {
        if (method.DeclaringSyntaxReferences[0].GetSyntax() is not BaseMethodDeclarationSyntax declaration || declaration is ConstructorDeclarationSyntax { Initializer: not null })
        {
            return null;
        }

        if (depth < Limits.CallDepth && HandedTo(declaration, method) is var (called, handing))
        {
            return Read(called, model, depth + 1) is { } inner ? InTermsOf(method, handing, inner) : null;
        }

        if (ForwardingBody.Returning(declaration, model.Locks.Words) is not { } body)
        {
            return null;
        }

        var isMade = method.MethodKind == MethodKind.Constructor;
        if (body.Call is null)
        {
            return !isMade && body.Result is BaseObjectCreationExpressionSyntax creation ? Handed(creation, method, body, model) : null;
        }

        return Opening(method, body, isMade, model) is { } opening && (isMade ? Releases(method.ContainingType, opening.Kind, opening.Mode) : GivesBack(body.Result, method, opening.Kind, opening.Mode, model))
            ? opening
            : null;
    }

    /// <summary>The other member of the type whose result, if it has one, is all that the member returns, and its call, which is all that it does. A plain name means a member where the type has just one of it.</summary>
    private static (IMethodSymbol Called, InvocationExpressionSyntax Call)? HandedTo(BaseMethodDeclarationSyntax declaration, IMethodSymbol method)
    {
        var only = declaration.ExpressionBody?.Expression ?? declaration.Body?.Statements switch
        {
            { Count: 1 } statements when statements[0] is ReturnStatementSyntax { Expression: { } value } => value,
            { Count: 1 } statements when statements[0] is ExpressionStatementSyntax statement => statement.Expression,
            _ => null,
        };
        return method.MethodKind == MethodKind.Ordinary && only is not null && ForwardingBody.Unwrapped(only) is { Expression: SimpleNameSyntax { Identifier.ValueText: var name } } call &&
            method.Parameters.All(p => p.Name != name) && method.ContainingType.GetMembers(name) is { Length: 1 } members &&
            members[0] is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences.Length: 1 } called && call.ArgumentList.Arguments.All(static a => a.NameColon is null)
                ? (called, call)
                : null;
    }

    /// <summary>The lock of the member that <paramref name="call"/>, the body of <paramref name="method"/>, calls.</summary>
    private static GuardOpening? InTermsOf(IMethodSymbol method, InvocationExpressionSyntax call, GuardOpening called) =>
        called.Field is not null ? called
            : called.Parameter < call.ArgumentList.Arguments.Count && LockOf(call.ArgumentList.Arguments[called.Parameter].Expression, method, null) is var (field, parameter)
                ? called with { Field = field, Parameter = parameter }
                : null;

    /// <summary>The lock that the only lock call of the body takes.</summary>
    private static GuardOpening? Opening(IMethodSymbol method, ForwardingBody body, bool isMade, Model model)
    {
        if (body.Call is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var receiver } } call)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        var isMonitor = receiver is IdentifierNameSyntax { Identifier.ValueText: "Monitor" } && method.ContainingType.GetMembers("Monitor").IsEmpty;
        if (!(isMonitor ? arguments.Count == 1 : arguments.Count == 0 || (arguments.Count == 1 && IsToken(arguments[0].Expression, method, model))) ||
            LockOf(isMonitor ? arguments[0].Expression : receiver, method, body) is not var (field, parameter))
        {
            return null;
        }

        var type = field?.Type ?? method.Parameters[parameter].Type;
        LockKind? kind = isMonitor ? type.IsReferenceType ? LockKind.Monitor : null : model.Locks.KindOf(type);

        // A field of the guard that is no alias of what it was given is a lock of its own.
        return kind is { } known && BaseHelpers.MeaningOf(known, name) is (HelperKind.Acquires, var mode) && !(isMade && field is { IsStatic: false }) ? new GuardOpening(known, mode, field, parameter) : null;
    }

    /// <summary>The constructor that it calls takes the lock that it is given.</summary>
    private static GuardOpening? Handed(BaseObjectCreationExpressionSyntax creation, IMethodSymbol method, ForwardingBody body, Model model)
    {
        var arguments = creation.ArgumentList?.Arguments ?? default;
        if (TypeOf(creation, method, model) is not { } made || made.InstanceConstructors.Where(c => c.Parameters.Length == arguments.Count).ToList() is not { Count: 1 } constructors ||
            Of(constructors[0], model) is not { Field: null } opening || arguments.Any(static a => a.NameColon is not null) ||
            LockOf(arguments[opening.Parameter].Expression, method, body) is not var (field, parameter))
        {
            return null;
        }

        return opening with { Field = field, Parameter = parameter };
    }

    /// <summary>The field or parameter that the expression names; a variable that was assigned a parameter stands for that. Each construction of a generic type has static fields of its own.</summary>
    private static (IFieldSymbol? Field, int Parameter)? LockOf(ExpressionSyntax expression, IMethodSymbol method, ForwardingBody? body)
    {
        var (name, isMember) = expression switch
        {
            IdentifierNameSyntax simple => (simple.Identifier.ValueText, false),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => (member.Identifier.ValueText, true),
            _ => (null, false),
        };
        if (name is null)
        {
            return null;
        }

        if (body?.Assigns(name) == true)
        {
            var value = body.ValueOf(name) is BinaryExpressionSyntax { Right: ThrowExpressionSyntax, Left: var checkedValue } ? checkedValue : body.ValueOf(name);
            return value is IdentifierNameSyntax { Identifier.ValueText: var source } && source != name && !body.Assigns(source) && Parameter(source) is >= 0 and var given ? (null, given) : null;
        }

        return !isMember && Parameter(name) is >= 0 and var parameter ? (null, parameter)
            : method.ContainingType.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { } field && !(field.IsStatic && method.ContainingType.IsGenericType) ? (field, -1)
            : null;

        int Parameter(string word) => method.Parameters.FirstOrDefault(p => p.Name == word && p.RefKind == RefKind.None)?.Ordinal ?? -1;
    }

    private static bool IsToken(ExpressionSyntax argument, IMethodSymbol method, Model model) => argument is IdentifierNameSyntax given &&
        method.Parameters.Any(p => p.Name == given.Identifier.ValueText && KnownType.Is(p.Type, model.Types.CancellationToken));

    /// <summary>Whether what the method returns gives the lock back: it is told how, or its <c>Dispose</c> does.</summary>
    private static bool GivesBack(ExpressionSyntax? result, IMethodSymbol method, LockKind kind, LockMode mode, Model model)
    {
        if (result is null)
        {
            return false;
        }

        var returned = TaskModels.IsTask(method.ReturnType, model.Types) && method.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : method.ReturnType;
        return SaysRelease(result, kind, mode) ||
            (result is ThisExpressionSyntax ? Releases(method.ContainingType, kind, mode)
                : result is BaseObjectCreationExpressionSyntax creation ? Releases(TypeOf(creation, method, model) ?? returned as INamedTypeSymbol, kind, mode)
                : Releases(returned as INamedTypeSymbol, kind, mode));
    }

    private static bool Releases(INamedTypeSymbol? type, LockKind kind, LockMode mode) => type is not null &&
        type.GetMembers().OfType<IMethodSymbol>().Where(static m => m.Name is "Dispose" or "DisposeAsync" or "System.IDisposable.Dispose" or "System.IAsyncDisposable.DisposeAsync")
            .SelectMany(static m => m.DeclaringSyntaxReferences).Any(reference => SaysRelease(reference.GetSyntax(), kind, mode) || CallsRelease(reference.GetSyntax(), type, kind, mode, 0));

    /// <summary>A member of the type that the code names says it, or names one that does.</summary>
    private static bool CallsRelease(SyntaxNode node, INamedTypeSymbol type, LockKind kind, LockMode mode, int depth) => depth < Limits.CallDepth &&
        node.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(static call => (call.Expression as IdentifierNameSyntax)?.Identifier.ValueText).OfType<string>()
            .SelectMany(name => type.GetMembers(name)).OfType<IMethodSymbol>().SelectMany(static m => m.DeclaringSyntaxReferences).Select(static reference => reference.GetSyntax())
            .Any(called => SaysRelease(called, kind, mode) || CallsRelease(called, type, kind, mode, depth + 1));

    private static bool SaysRelease(SyntaxNode node, LockKind kind, LockMode mode) =>
        node.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax name && BaseHelpers.MeaningOf(kind, name.Identifier.ValueText) == (HelperKind.Releases, mode));

    /// <summary>The type that is created, looked up by its name from the method outwards.</summary>
    private static INamedTypeSymbol? TypeOf(BaseObjectCreationExpressionSyntax creation, IMethodSymbol method, Model model)
    {
        if (creation is not ObjectCreationExpressionSyntax { Type: var written })
        {
            return (TaskModels.IsTask(method.ReturnType, model.Types) && method.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0] : method.ReturnType) as INamedTypeSymbol;
        }

        var name = written is QualifiedNameSyntax { Right: IdentifierNameSyntax right } ? right.Identifier.ValueText : (written as IdentifierNameSyntax)?.Identifier.ValueText;
        return name is null ? null : Scopes(method).Select(scope => scope.GetTypeMembers(name, 0).FirstOrDefault()).FirstOrDefault(static type => type is not null);
    }

    private static IEnumerable<INamespaceOrTypeSymbol> Scopes(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            for (var part = type; part is { DeclaringSyntaxReferences.IsEmpty: false }; part = part.BaseType)
            {
                yield return part;
            }
        }

        for (var space = method.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            yield return space;
        }
    }
}
