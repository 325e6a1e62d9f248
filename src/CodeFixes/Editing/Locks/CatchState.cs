using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Whether a catch clause has anything to do with what the lock may guard: the state of the type. One that only logs, rethrows or fills
/// locals may run after the release as well. Code of other types is taken not to need this type's lock.
/// </summary>
internal static class CatchState
{
    public static bool IsTouchedBy(CatchClauseSyntax clause, SemanticModel model)
    {
        var type = model.GetEnclosingSymbol(clause.SpanStart)?.ContainingType;
        return clause.DescendantNodes(node => !(node is InvocationExpressionSyntax && model.GetConstantValue(node).HasValue)).Any(node => node switch
        {
            ThisExpressionSyntax @this => @this.Parent is not MemberAccessExpressionSyntax,
            BaseExpressionSyntax => true,
            InvocationExpressionSyntax call => !model.GetConstantValue(call).HasValue &&
                model.GetSymbolInfo(call).Symbol is null or IMethodSymbol { MethodKind: MethodKind.DelegateInvoke or MethodKind.LocalFunction },
            SimpleNameSyntax name => IsState(model.GetSymbolInfo(name).Symbol, type, clause, model),
            _ => false,
        });
    }

    private static bool IsState(ISymbol? symbol, INamedTypeSymbol? type, CatchClauseSyntax clause, SemanticModel model) => symbol switch
    {
        IFieldSymbol field => !field.IsConst && IsOf(field.ContainingType, type) && !(field.IsReadOnly && IsLogger(field.Type, model)),
        IPropertySymbol or IEventSymbol or IMethodSymbol => IsOf(symbol.ContainingType, type),

        // A primary constructor's parameter lives as long as the object and is shared like a field.
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } parameter =>
            !constructor.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == clause.SyntaxTree && r.GetSyntax() is ConstructorDeclarationSyntax) &&
            !IsLogger(parameter.Type, model),
        _ => false,
    };

    /// <summary>A member of the type, of what it derives from, or of a type that it is nested in or shares the outermost type with.</summary>
    private static bool IsOf(INamedTypeSymbol? owner, INamedTypeSymbol? type)
    {
        for (var t = type; t is not null && t.SpecialType != SpecialType.System_Object; t = t.BaseType)
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

    private static bool IsLogger(ITypeSymbol type, SemanticModel model)
    {
        var logger = model.Compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.ILogger");
        return logger is not null && (SymbolEqualityComparer.Default.Equals(type, logger) || type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i, logger)));
    }
}
