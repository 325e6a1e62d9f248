using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Whether a catch clause has anything to do with what the lock may guard: the state of the type, variables that a nested function shares, objects
/// that came from elsewhere. One that only logs, rethrows or notes something down may run after the release as well. Static members of
/// other types are taken not to need this type's lock.
/// </summary>
internal sealed class CatchState
{
    private readonly CatchClauseSyntax _clause;
    private readonly SemanticModel _model;
    private readonly INamedTypeSymbol? _type;
    private readonly ImmutableArray<ISymbol> _shared;
    private readonly INamedTypeSymbol? _logger;
    private readonly INamedTypeSymbol?[] _harmless;

    private CatchState(CatchClauseSyntax clause, SemanticModel model, ImmutableArray<ISymbol> shared)
    {
        _clause = clause;
        _model = model;
        _type = model.GetEnclosingSymbol(clause.SpanStart)?.ContainingType;
        _shared = shared;
        _logger = model.Compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.ILogger");
        _harmless =
        [
            _logger,
            model.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken"),
            model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskCompletionSource"),
            model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskCompletionSource`1"),
        ];
    }

    public static bool IsTouchedBy(CatchClauseSyntax clause, SemanticModel model) =>
        model.AnalyzeDataFlow(clause.Block) is not { Succeeded: true } flow || new CatchState(clause, model, flow.Captured).IsTouched();

    private bool IsTouched() => _clause.DescendantNodes(node => !IsConstant(node)).Any(node => node switch
    {
        ThisExpressionSyntax @this => @this.Parent is not MemberAccessExpressionSyntax,
        BaseExpressionSyntax => true,
        InvocationExpressionSyntax call => !IsConstant(call) &&
            _model.GetSymbolInfo(call).Symbol is null or IMethodSymbol { MethodKind: MethodKind.DelegateInvoke or MethodKind.LocalFunction },
        SimpleNameSyntax name => IsState(name),
        _ => false,
    });

    /// <summary>Above all <c>nameof</c>, which names state and touches none.</summary>
    private bool IsConstant(SyntaxNode node) => node is InvocationExpressionSyntax && _model.GetConstantValue(node).HasValue;

    private bool IsState(SimpleNameSyntax name) => _model.GetSymbolInfo(name).Symbol switch
    {
        IFieldSymbol field => !field.IsConst && IsOfType(field.ContainingType) && !(field.IsReadOnly && Is(field.Type, _logger)),
        (IPropertySymbol or IEventSymbol or IMethodSymbol) and { ContainingType: var owner } => IsOfType(owner),
        ILocalSymbol local => !local.IsConst && IsSharedVariable(local, local.Type, name),
        IParameterSymbol parameter => IsSharedVariable(parameter, parameter.Type, name),
        _ => false,
    };

    /// <summary>
    /// A variable that a nested function sees too, or the parameter of a primary constructor, which lives as long as the object; and any variable
    /// for an object that others may have as well.
    /// </summary>
    private bool IsSharedVariable(ISymbol variable, ITypeSymbol type, SimpleNameSyntax name)
    {
        var declarations = variable.DeclaringSyntaxReferences;
        if (IsHarmless(type) || declarations.Any(r => r.SyntaxTree == _clause.SyntaxTree && _clause.Span.Contains(r.Span)))
        {
            return false;
        }

        return _shared.Contains(variable, SymbolEqualityComparer.Default) || IsOfPrimaryConstructor(variable) ||
               !(type.IsValueType || type.SpecialType == SpecialType.System_String || IsException(type) || name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name);
    }

    private static bool IsOfPrimaryConstructor(ISymbol variable) =>
        variable.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor &&
        constructor.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsException(ITypeSymbol type)
    {
        var t = type;
        while (t is not null && t is not { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
        {
            t = t.BaseType;
        }

        return t is not null;
    }

    /// <summary>A member of the type, of what it derives from, or of a type that shares the outermost type with either.</summary>
    private bool IsOfType(INamedTypeSymbol? owner)
    {
        for (var t = _type; t is not null && t.SpecialType != SpecialType.System_Object; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(Outermost(t), Outermost(owner)))
            {
                return true;
            }
        }

        return false;
    }

    private static INamedTypeSymbol? Outermost(INamedTypeSymbol? type)
    {
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }

    /// <summary>A logger, a token, or the result that somebody waits for without the lock.</summary>
    private bool IsHarmless(ITypeSymbol type) => _harmless.Any(known => Is(type, known));

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? known) => known is not null &&
        (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known) || type.AllInterfaces.Contains(known, SymbolEqualityComparer.Default));
}
