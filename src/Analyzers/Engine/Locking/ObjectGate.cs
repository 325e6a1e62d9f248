using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// A private field of type <c>object</c> that is made once and does nothing but be locked, by <c>lock</c> statements and plain calls of <c>Monitor.Enter</c> and
/// <c>Monitor.Exit</c>. Uses are counted by the field's name over all parts of its type, so anything else of that name, in code that is switched off too, makes it none.
/// </summary>
/// <param name="Field">The field, with the places that lock it.</param>
/// <param name="Declarator">Its declaration, which declares no other field.</param>
/// <param name="Calls">Places that name it in a call of <c>Monitor</c>.</param>
internal sealed record ObjectGate(LockField Field, VariableDeclaratorSyntax Declarator, ImmutableArray<SyntaxNode> Calls)
{
    public static IEnumerable<ObjectGate> Of(TypeFacts type) => type.Type.IsSerializable
        ? []
        : LockField.Of(type).Where(static field => IsPlain(field.Field)).Select(field => Of(field, type)).OfType<ObjectGate>();

    private static bool IsPlain(IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Private, Type: { SpecialType: SpecialType.System_Object, NullableAnnotation: not NullableAnnotation.Annotated }, IsVolatile: false, IsImplicitlyDeclared: false } &&
        field.GetAttributes().IsEmpty;

    private static ObjectGate? Of(LockField field, TypeFacts type)
    {
        if (field.Declarator is not
            {
                Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null },
                Parent: VariableDeclarationSyntax { Variables.Count: 1 },
            } declarator || Conversions.WithoutBuiltIn(field.Writes.FirstOrDefault()?.Value)?.Type is not { SpecialType: SpecialType.System_Object } ||
            type.IsNamedInDisabledCode(field.Field.Name))
        {
            return null;
        }

        var calls = ImmutableArray.CreateBuilder<SyntaxNode>();
        var pairs = new HashSet<SyntaxNode>(type.Bodies().SelectMany(static body => body.LockCalls).Where(IsOfPair).Select(static call => call.Call.Syntax));
        foreach (var part in type.Type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()))
        {
            foreach (var token in part.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == field.Field.Name && t.Parent != declarator))
            {
                switch (Locked(token))
                {
                    case LockStatementSyntax statement when !Suspends(statement):
                        break;
                    case InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call when pairs.Contains(call) || IsOfPair(call, type):
                        calls.Add(call);
                        break;
                    default:
                        return null;
                }
            }
        }

        return new ObjectGate(field, declarator, calls.ToImmutable());
    }

    private static bool IsOfPair(LockAction call) => call is { Kind: LockKind.Monitor, Taken: null, Verb: LockVerb.Acquire or LockVerb.Release };

    /// <summary>The same of a call in a nested type, whose bodies are not among those of the type; it is bound where the type has code in its file.</summary>
    private static bool IsOfPair(InvocationExpressionSyntax call, TypeFacts type) =>
        type.Bodies().FirstOrDefault(body => body.Root.Syntax.SyntaxTree == call.SyntaxTree) is { Root.SemanticModel: { } semantics } body &&
        semantics.GetOperation(call, body.Cancellation) is IInvocationOperation bound && body.Model.Locks.MeaningOf(bound) is { } action && IsOfPair(action);

    /// <summary>What locks the field by this name: a statement or a call; null for any other use.</summary>
    private static SyntaxNode? Locked(SyntaxToken name)
    {
        var node = name.Parent;
        if (node is not IdentifierNameSyntax)
        {
            return null;
        }

        node = node.Parent is MemberAccessExpressionSyntax access && access.Name == node ? access : node;
        while (node.Parent is ParenthesizedExpressionSyntax)
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            LockStatementSyntax statement => statement,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } => call,
            _ => null,
        };
    }

    /// <summary>A <c>yield</c> cannot stand under the scope of a <c>System.Threading.Lock</c>.</summary>
    private static bool Suspends(LockStatementSyntax statement) => statement.Statement.DescendantNodes().Any(static n => n is YieldStatementSyntax);
}
