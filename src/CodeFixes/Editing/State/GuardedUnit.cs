using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>Rewrites one statement, or one expression that is a whole body, so that its accesses run under a lock.</summary>
internal sealed class GuardedUnit(IReadOnlyList<SyntaxNode> accesses, string gate, SemanticModel model, CancellationToken cancellation)
{
    /// <summary>How many calls deep a helper is looked through.</summary>
    private const int HelperDepth = 3;

    /// <summary>Marks the locks that an edit made.</summary>
    public static SyntaxAnnotation New { get; } = new("Threadwise.NewLock");

    /// <summary>The statements that stand for the unit, or null.</summary>
    public IReadOnlyList<StatementSyntax>? Rewrite(SyntaxNode unit) => unit switch
    {
        ArrowExpressionClauseSyntax arrow => OfBody(arrow.Expression, ReturnsValue(arrow)),
        ExpressionSyntax { Parent: LambdaExpressionSyntax lambda } body => OfBody(body, ReturnsValue(lambda)),
        ExpressionStatementSyntax statement => OfExpression(statement),
        ReturnStatementSyntax { Expression: { } value } statement => IsQuiet(value) ? [Lock(statement)] : null,
        LocalDeclarationStatementSyntax statement => OfDeclaration(statement),
        IfStatementSyntax choice => OfChoice(choice),
        ForEachStatementSyntax loop => IsQuiet(loop) && Declares(loop) ? [Lock(loop)] : null,
        _ => null,
    };

    private IReadOnlyList<StatementSyntax>? OfBody(ExpressionSyntax body, bool returns)
    {
        var value = body.WithoutTrivia();
        if (returns)
        {
            return IsQuiet(body) ? [Lock(ReturnStatement(value))] : null;
        }

        return Hoisted(body) is { } parts ? [.. parts.Before, Lock(ExpressionStatement(parts.Kept.WithoutTrivia()))] : null;
    }

    private IReadOnlyList<StatementSyntax>? OfExpression(ExpressionStatementSyntax statement)
    {
        if (Hoisted(statement.Expression) is not { } parts)
        {
            return null;
        }

        var locked = Lock(statement.WithExpression(parts.Kept));
        return parts.Before.Count == 0 ? [locked] : [parts.Before[0].WithLeadingTrivia(statement.GetLeadingTrivia()), .. parts.Before.Skip(1), locked.WithLeadingTrivia()];
    }

    /// <summary><c>var x = …</c>: declared before, given its value under the lock.</summary>
    private IReadOnlyList<StatementSyntax>? OfDeclaration(LocalDeclarationStatementSyntax statement)
    {
        if (statement.UsingKeyword.RawKind != 0 || statement.IsConst || statement.Declaration is not { Variables: { Count: 1 } variables } declaration ||
            variables[0] is not { Initializer.Value: { } value } variable || value is InitializerExpressionSyntax or RefExpressionSyntax || !IsQuiet(value) || statement.HasInnerComments() ||
            model.GetDeclaredSymbol(variable, cancellation) is not ILocalSymbol { RefKind: RefKind.None, Type: { IsAnonymousType: false } type } local)
        {
            return null;
        }

        var written = declaration.Type.IsVar ? TypeName(type, model.GetTypeInfo(value, cancellation).Nullability.FlowState, statement) : declaration.Type.WithoutTrivia().ToString();
        var first = ParseStatement($"{written} {variable.Identifier.Text};").WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var assigned = ExpressionStatement(AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, IdentifierName(local.Name), value.WithoutTrivia()));
        return [first, Lock(assigned).WithTrailingTrivia(statement.GetTrailingTrivia())];
    }

    private string TypeName(ITypeSymbol type, NullableFlowState state, SyntaxNode at)
    {
        var isAnnotated = model.GetNullableContext(at.SpanStart).AnnotationsEnabled();
        var format = SymbolDisplayFormat.MinimallyQualifiedFormat;
        return isAnnotated
            ? (state == NullableFlowState.NotNull && type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type)
                .ToMinimalDisplayString(model, at.SpanStart, format.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier))
            : type.ToMinimalDisplayString(model, at.SpanStart, format);
    }

    /// <summary>The whole <c>if</c>, where nothing of unknown length runs in it; else its condition is taken before, unless what it guards uses the variable too.</summary>
    private IReadOnlyList<StatementSyntax>? OfChoice(IfStatementSyntax choice)
    {
        if (IsQuiet(choice) && Declares(choice))
        {
            return [Lock(choice)];
        }

        if (accesses.Any(a => choice.Span.Contains(a.Span) && !choice.Condition.Span.Contains(a.Span)) || !IsQuiet(choice.Condition) || choice.Condition.HasComments() ||
            choice.Condition.DescendantNodes().Any(static n => n is DeclarationExpressionSyntax or SingleVariableDesignationSyntax) || choice.Parent is ElseClauseSyntax)
        {
            return null;
        }

        var name = FreshName.For("condition", choice);
        var declared = ParseStatement($"bool {name};").WithLeadingTrivia(choice.GetLeadingTrivia()).WithTrailingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var taken = Lock(ExpressionStatement(AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, IdentifierName(name), choice.Condition.WithoutTrivia())));
        var line = choice.GetTrailingTrivia().LastOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } end ? end : ElasticCarriageReturnLineFeed;
        return [declared, taken.WithTrailingTrivia(line), choice.WithCondition(IdentifierName(name)).WithLeadingTrivia().WithAdditionalAnnotations(Formatter.Annotation)];
    }

    /// <summary>Whether nothing that is declared in the statement is used behind it, which a lock around it would hide.</summary>
    private bool Declares(StatementSyntax statement) => model.AnalyzeDataFlow(statement) is { Succeeded: true } flow &&
        !flow.VariablesDeclared.Any(variable => statement.Parent!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.SpanStart > statement.Span.End && n.Identifier.ValueText == variable.Name));

    /// <summary>The expression with the values of unknown length that it is given computed before; null where one of them is in the way.</summary>
    private (IReadOnlyList<StatementSyntax> Before, ExpressionSyntax Kept)? Hoisted(ExpressionSyntax expression)
    {
        var given = expression switch
        {
            InvocationExpressionSyntax call => call.ArgumentList.Arguments.Where(static a => a.RefKindKeyword.RawKind == 0).Select(static a => a.Expression),
            AssignmentExpressionSyntax assignment => (assignment.Left is ElementAccessExpressionSyntax element ? element.ArgumentList.Arguments.Select(static a => a.Expression) : []).Append(assignment.Right),
            _ => System.Array.Empty<ExpressionSyntax>(),
        };
        var moved = given.Where(value => !IsQuiet(value) || (RoundBody.IsWorkInRound(value, model, cancellation) && !accesses.Any(a => value.Span.Contains(a.Span)))).ToList();
        if (moved.Count == 0 && IsQuiet(expression))
        {
            return ([], expression);
        }

        if (moved.Count == 0 || moved.Any(value => value is AnonymousFunctionExpressionSyntax || accesses.Any(a => value.Span.Contains(a.Span)) || model.GetTypeInfo(value, cancellation).Type is null || value.HasComments()))
        {
            return null;
        }

        // What is computed now before the receiver and other arguments must not change them: those are plain variables.
        var others = given.Except(moved).ToList();
        if (others.Any(static o => o is not (LiteralExpressionSyntax or IdentifierNameSyntax)) || moved.Count > 1)
        {
            return null;
        }

        var name = FreshName.For(expression is InvocationExpressionSyntax ? "item" : "result", expression);
        var before = ParseStatement($"var {name} = {moved[0].WithoutTrivia()};").WithTrailingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var rest = expression.ReplaceNode(moved[0], IdentifierName(name).WithTriviaFrom(moved[0]));
        return IsQuietBut(expression, moved[0]) ? ([before], rest) : null;
    }

    private bool IsQuietBut(SyntaxNode node, SyntaxNode part) => node.DescendantNodesAndSelf(n => n != part).Where(n => n != part).All(IsQuietNode);

    /// <summary>Whether nothing runs in the node but plain code of the framework: no lock, wait, await, yield or code of the project.</summary>
    private bool IsQuiet(SyntaxNode node) => node.DescendantNodesAndSelf().All(IsQuietNode);

    private bool IsQuietNode(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax or YieldStatementSyntax or LockStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax or LocalFunctionStatementSyntax or UsingStatementSyntax or RefExpressionSyntax => false,
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => false,
        BreakStatementSyntax or ContinueStatementSyntax => true,
        InvocationExpressionSyntax call => IsFramework(call) || call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } || (call.ArgumentList.Arguments.Any(a => accesses.Contains(a.Expression) && model.GetTypeInfo(a.Expression, cancellation).Type is { IsReferenceType: true }) && IsHelper(call, 0)),
        BaseObjectCreationExpressionSyntax => model.GetSymbolInfo(node, cancellation).Symbol is { Locations: { Length: > 0 } } constructor && (constructor.Locations[0].IsInMetadata || constructor.IsImplicitlyDeclared),
        _ => true,
    };

    /// <summary>Whether the call is one of a method of the file that runs nothing but plain code of the framework, such as one that adds to the collection it is given.</summary>
    private bool IsHelper(InvocationExpressionSyntax call, int depth) => depth < HelperDepth &&
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction, IsVirtual: false, IsAbstract: false, IsOverride: false, IsAsync: false, DeclaringSyntaxReferences: { Length: 1 } declarations } &&
        declarations[0].SyntaxTree == model.SyntaxTree && declarations[0].GetSyntax(cancellation).DescendantNodes().All(n => n is InvocationExpressionSyntax inner ? IsFramework(inner) || IsHelper(inner, depth + 1) : IsQuietNode(n));

    private bool IsFramework(InvocationExpressionSyntax call) => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method &&
        method.Locations.Length > 0 && method.Locations[0].IsInMetadata && method.ContainingNamespace?.ToDisplayString() is { } space && space.StartsWith("System", System.StringComparison.Ordinal) &&
        !space.StartsWith("System.Threading", System.StringComparison.Ordinal) && (!space.StartsWith("System.IO", System.StringComparison.Ordinal) || method.Name.StartsWith("Write", System.StringComparison.Ordinal) || method.Name == "Flush") && !space.StartsWith("System.Net", System.StringComparison.Ordinal);

    private bool ReturnsValue(SyntaxNode function) => function switch
    {
        LambdaExpressionSyntax lambda => model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol { ReturnsVoid: false } symbol && !IsPlainTask(symbol),
        ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        ArrowExpressionClauseSyntax { Parent: { } member } => model.GetDeclaredSymbol(member, cancellation) is not IMethodSymbol method || (!method.ReturnsVoid && !IsPlainTask(method)),
        _ => true,
    };

    private static bool IsPlainTask(IMethodSymbol method) => method is { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } };

    /// <summary>A comment behind the statement goes into the lock with it.</summary>
    private LockStatementSyntax Lock(StatementSyntax statement)
    {
        var behind = statement.GetTrailingTrivia();
        var isCommented = behind.Any(static t => t.IsComment());
        return LockStatement(ParseExpression(gate), Block(statement.WithLeadingTrivia(ElasticMarker).WithTrailingTrivia(isCommented ? behind : TriviaList(ElasticMarker))))
            .WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(isCommented ? TriviaList(behind.Where(static t => t.IsKind(SyntaxKind.EndOfLineTrivia))) : behind)
            .WithAdditionalAnnotations(Formatter.Annotation, New);
    }
}
