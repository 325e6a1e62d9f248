using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// A private readonly lock becomes a <c>SemaphoreSlim</c> of one: its declaration, each <c>Enter</c> and <c>Exit</c>, each <c>lock</c> statement. All of it is one edit, so nothing
/// comes out where any use is of another kind, or where code under the lock calls a member that takes it again.
/// </summary>
internal sealed class SemaphoreConversion
{
    private readonly SemanticModel _model;
    private readonly Layout _layout;
    private readonly IFieldSymbol _field;
    private readonly List<TextChange> _changes = [];
    private readonly List<(SyntaxNode Function, TextSpan Held)> _held = [];

    private SemaphoreConversion(SemanticModel model, Layout layout, IFieldSymbol field) => (_model, _layout, _field) = (model, layout, field);

    public static async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        if (model is null || site.Others.FirstOrDefault()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } acquire || LockUses.Operand(acquire, model) is not { } operand ||
            model.GetSymbolInfo(operand, cancellation).Symbol is not IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } field ||
            field.ContainingType is not { IsGenericType: false, DeclaringSyntaxReferences: { Length: 1 } parts } ||
            parts[0].SyntaxTree != model.SyntaxTree || await parts[0].GetSyntaxAsync(cancellation).ConfigureAwait(false) is not TypeDeclarationSyntax type)
        {
            return null;
        }

        var conversion = new SemaphoreConversion(model, new Layout(text), field);
        return conversion.Declaration(type) && conversion.Uses(type) && !conversion.IsReentered(type) ? document.WithText(text.WithChanges(conversion._changes.OrderBy(static c => c.Span.Start))) : null;
    }

    /// <summary><c>private readonly object _sync = new();</c> and nothing else in the statement.</summary>
    private bool Declaration(TypeDeclarationSyntax type)
    {
        var declaration = type.Members.OfType<FieldDeclarationSyntax>().FirstOrDefault(f => f.Declaration.Variables.Any(v => v.Identifier.ValueText == _field.Name));
        if (declaration is not { Declaration: { Variables: { Count: 1 } variables, Type: var kind } } || variables[0].Initializer?.Value is not BaseObjectCreationExpressionSyntax made ||
            made.ArgumentList?.Arguments.Count > 0 || _model.GetTypeInfo(made).Type is not ({ SpecialType: SpecialType.System_Object } or { Name: "Lock", ContainingNamespace.Name: "Threading" }) || made.Initializer is not null || made.DescendantTrivia().Any(static t => t.IsComment() || t.IsDirective))
        {
            return false;
        }

        // The namespace is there, or the calls of Monitor are written with it.
        var semaphore = Imports.PrefixAt(_model, declaration.SpanStart, "System.Threading", "SemaphoreSlim") + "SemaphoreSlim";
        _changes.Add(new TextChange(kind.Span, semaphore));
        _changes.Add(new TextChange(made.Span, made is ImplicitObjectCreationExpressionSyntax ? "new(1, 1)" : $"new {semaphore}(1, 1)"));
        return true;
    }

    private bool Uses(TypeDeclarationSyntax type)
    {
        // Another configuration uses it in a way that would no longer compile there.
        if (type.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.DisabledTextTrivia) && t.ToString().Contains(_field.Name)))
        {
            return false;
        }

        foreach (var name in type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == _field.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name).Symbol, _field))
            {
                continue;
            }

            ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (use != name && use is not MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } || !Use(use))
            {
                return false;
            }
        }

        return true;
    }

    private bool Use(ExpressionSyntax use) => use.Parent switch
    {
        LockStatementSyntax { Parent: BlockSyntax, Statement: BlockSyntax body } statement when statement.Expression == use => Statement(statement, use, body),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call } => Call(call, use),
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } => Call(call, use),
        _ => false,
    };

    private bool Call(InvocationExpressionSyntax call, ExpressionSyntax use)
    {
        if (call.Parent is not ExpressionStatementSyntax statement || _model.GetSymbolInfo(call).Symbol is not IMethodSymbol { Name: var name, ContainingType: { Name: "Monitor" or "Lock" } type } ||
            type.ContainingNamespace.ToDisplayString() != "System.Threading" || call.DescendantTrivia().Any(static t => t.IsComment() || t.IsDirective))
        {
            return false;
        }

        switch (name)
        {
            case "Enter" when IsReleasedAlways(statement):
                _changes.Add(new TextChange(call.Span, Wait(use, call)));
                var function = FunctionAround(call);
                _held.Add((function, TextSpan.FromBounds(statement.Span.End, function.Span.End)));
                return true;
            case "Exit":
                _changes.Add(new TextChange(call.Span, $"{use}.Release()"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>An acquire without a <c>finally</c> is a second mistake, which would show once the first is repaired.</summary>
    private static bool IsReleasedAlways(ExpressionStatementSyntax acquire) => Siblings.Around(acquire) is { } list &&
        list.Statements.ElementAtOrDefault(list.Statements.IndexOf(acquire) + 1) is TryStatementSyntax { Finally: { } ending } &&
        ending.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static call => LockUses.NameOf(call) == "Exit");

    private bool Statement(LockStatementSyntax statement, ExpressionSyntax use, BlockSyntax body)
    {
        var head = TextSpan.FromBounds(statement.SpanStart, statement.CloseParenToken.Span.End);
        if (statement.DescendantTrivia().Any(t => head.Contains(t.Span) && (t.IsComment() || t.IsDirective)))
        {
            return false;
        }

        var style = BlockStyle.Of(_layout, statement, statement);
        var line = _layout.NewLine.ToString() + style.Indent;
        var hasOwnLine = _layout.StartsLine(body.OpenBraceToken);
        _changes.Add(new TextChange(head, style.IsOneLine ? $"{Wait(use, statement)}; try" : $"{Wait(use, statement)};{line}try"));
        _changes.Add(new TextChange(
            new TextSpan(body.Span.End, 0),
            style.IsOneLine ? $" finally {{ {use}.Release(); }}" : $"{(hasOwnLine ? line : " ")}finally{(style with { BracesHaveOwnLine = hasOwnLine }).Braced($"{use}.Release();", _layout)}"));
        _held.Add((FunctionAround(statement), body.Span));
        return true;
    }

    /// <summary>An async function waits without blocking its thread, on the context that its other awaits go on in.</summary>
    private static string Wait(ExpressionSyntax use, SyntaxNode place)
    {
        var function = FunctionAround(place);
        var isAsync = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => false,
        };
        var awaits = function.DescendantNodes().OfType<AwaitExpressionSyntax>().ToList();
        var isFree = awaits.Count > 0 && awaits.All(static a => a.Expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
            ArgumentList.Arguments: { Count: 1 } arguments,
        } && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression));
        return !isAsync ? $"{use}.Wait()" : isFree ? $"await {use}.WaitAsync().ConfigureAwait(false)" : $"await {use}.WaitAsync()";
    }

    private static SyntaxNode FunctionAround(SyntaxNode place) => place.Ancestors().First(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);

    /// <summary>Whether code under the lock names a member or local function of the type that takes it, directly or through others, or takes it itself.</summary>
    private bool IsReentered(TypeDeclarationSyntax type)
    {
        var takers = new HashSet<ISymbol>(_held.Select(h => _model.GetDeclaredSymbol(h.Function is AnonymousFunctionExpressionSyntax ? h.Function.FirstAncestorOrSelf<MemberDeclarationSyntax>()! : h.Function)).OfType<ISymbol>(), SymbolEqualityComparer.Default);
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var member in type.DescendantNodes().Where(static n => n is MethodDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax))
            {
                grew |= _model.GetDeclaredSymbol(member) is { } symbol && !takers.Contains(symbol) && Names(member, member.Span, takers) && takers.Add(symbol);
            }
        }

        return _held.Any(one => Names(one.Function, one.Held, takers) || _held.Any(other => other.Held != one.Held && one.Held.Contains(other.Held)));
    }

    private bool Names(SyntaxNode around, TextSpan place, HashSet<ISymbol> members) => around.DescendantNodes().OfType<SimpleNameSyntax>()
        .Any(name => place.Contains(name.Span) && _model.GetSymbolInfo(name).Symbol is { } symbol && members.Contains(symbol.OriginalDefinition));
}
