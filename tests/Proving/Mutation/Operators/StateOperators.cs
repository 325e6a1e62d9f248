using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>What guards shared state is taken away.</summary>
internal static class StateOperators
{
    /// <summary>The lock around an update of a variable from outside, in a body of a parallel loop.</summary>
    public static IEnumerable<Mutant> LockOfUpdate(SemanticModel model, SyntaxNode root) =>
        from locked in LocksOfParallelBodies(model, root)
        where locked.Statement.DescendantNodes().Any(n => UpdatedBy(n) is { } target && IsFromOutside(model, target, locked))
        select Unlocked(locked);

    /// <summary>The lock around an addition to a collection from outside, in a body of a parallel loop.</summary>
    public static IEnumerable<Mutant> LockOfCollection(SemanticModel model, SyntaxNode root) =>
        from locked in LocksOfParallelBodies(model, root)
        where locked.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Enqueue", Expression: IdentifierNameSyntax target } &&
            model.GetTypeInfo(target).Type is INamedTypeSymbol { ContainingNamespace.Name: "Generic" } && IsFromOutside(model, target, locked))
        select Unlocked(locked);

    /// <summary>The lock around an assignment of a tuple, made from the round's own number, to a variable from outside, in a body of a parallel loop.</summary>
    public static IEnumerable<Mutant> LockOfWideValue(SemanticModel model, SyntaxNode root) =>
        from locked in LocksOfParallelBodies(model, root)
        where locked.Statement.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => a.Right is TupleExpressionSyntax && IsFromOutside(model, a.Left, locked) &&
            a.Right.DescendantNodes().Any(n => model.GetSymbolInfo(n).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } }))
        select Unlocked(locked);

    /// <summary>The copy that a parallel loop goes through, where its body removes from the collection itself.</summary>
    public static IEnumerable<Mutant> WithoutCopy(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "Parallel", Name: "ForEach" } && call.ArgumentList.Arguments.Count == 2
        let copy = call.ArgumentList.Arguments[0].Expression as InvocationExpressionSyntax
        where copy?.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList", Expression: IdentifierNameSyntax } && copy.ArgumentList.Arguments.Count == 0
        let collection = ((MemberAccessExpressionSyntax)copy.Expression).Expression
        where model.GetTypeInfo(collection).Type is INamedTypeSymbol { Name: "List" or "HashSet", ContainingNamespace.Name: "Generic" } &&
              call.ArgumentList.Arguments[1].DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(m => m.Name.Identifier.ValueText is "Remove" or "Add" && m.Expression.ToString() == collection.ToString())
        select Mutant.Replace(copy, collection.ToString());

    /// <summary>Both locks around changes of one list, in a type of two locks whose constructor starts a timer with a lambda that calls one of the two methods; the other one is public.</summary>
    public static IEnumerable<Mutant> LocksOfTimerState(SemanticModel model, SyntaxNode root) =>
        from type in root.DescendantNodes().OfType<ClassDeclarationSyntax>()
        let callbacks = type.Members.OfType<ConstructorDeclarationSyntax>().SelectMany(static c => c.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()).Where(c => model.GetSymbolInfo(c).Symbol is IMethodSymbol { ContainingType: { Name: "Timer", ContainingNamespace.Name: "Threading" } }).ToList()
        let locks = type.DescendantNodes().OfType<LockStatementSyntax>().ToList()
        where callbacks.Count == 1 && locks.Count == 2 && locks.All(static l => l.Parent?.Parent is MethodDeclarationSyntax && l.Statement is BlockSyntax { Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax }] })
        let methods = locks.Select(static l => (MethodDeclarationSyntax)l.Parent!.Parent!).ToList()
        where methods.Count(m => m.Modifiers.Any(SyntaxKind.PublicKeyword)) == 1 && callbacks[0].DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => methods.Any(m => m.Identifier.ValueText == c.Expression.ToString() && !m.Modifiers.Any(SyntaxKind.PublicKeyword)))
        where locks.All(l => l.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => model.GetTypeInfo(a.Expression).Type is INamedTypeSymbol { Name: "List" } && a.Name.Identifier.ValueText is "Add" or "Clear"))
        select new Mutant(locks[0].Span, [.. locks.Select(static l => new TextChange(TextSpan.FromBounds(l.SpanStart, l.Statement.SpanStart), ""))]);

    /// <summary>One of at least three locks, in different methods, around changes of one collection.</summary>
    public static IEnumerable<Mutant> OneLockOfThree(SemanticModel model, SyntaxNode root) =>
        from locked in root.DescendantNodes().OfType<LockStatementSyntax>()
        where locked.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not null && locked.Ancestors().All(static a => a is not (AnonymousFunctionExpressionSyntax or LockStatementSyntax))
        where locked.Statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(use => use.Expression is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is IFieldSymbol { Type: INamedTypeSymbol { ContainingNamespace.Name: "Generic" } } field &&
            use.Name.Identifier.ValueText is "Add" or "Remove" or "Contains" or "Clear" or "Enqueue" or "Dequeue" &&
            OtherMethods(locked, field.Name).Count() >= 2)
        select Unlocked(locked);

    /// <summary>An atomic update of a field that another member updates atomically too.</summary>
    public static IEnumerable<Mutant> InTwoSteps(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.ToString().StartsWith("Interlocked.Increment(ref ", System.StringComparison.Ordinal) || call.ToString().StartsWith("Interlocked.Decrement(ref ", System.StringComparison.Ordinal)
        let variable = call.ArgumentList.Arguments[0].Expression
        where model.GetSymbolInfo(variable).Symbol is IFieldSymbol && call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is MethodDeclarationSyntax { Parent: ClassDeclarationSyntax type } member &&
              type.Members.Any(other => other != member && other.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => c.ToString().StartsWith("Interlocked.", System.StringComparison.Ordinal) &&
                  !c.ToString().StartsWith("Interlocked.Read", System.StringComparison.Ordinal) && c.ArgumentList.Arguments.FirstOrDefault()?.Expression.ToString() == variable.ToString()))
        select Mutant.Replace(call, (call.ToString().Contains("Increment") ? "++" : "--") + variable);

    /// <summary>An atomic update in a method that a parallel loop of another type calls.</summary>
    public static IEnumerable<Mutant> InTwoStepsElsewhere(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.ToString().StartsWith("Interlocked.Increment(ref ", System.StringComparison.Ordinal) && model.GetSymbolInfo(call.ArgumentList.Arguments[0].Expression).Symbol is IFieldSymbol && IsRunElsewhere(model, root, call)
        select Mutant.Replace(call, call.ArgumentList.Arguments[0].Expression + "++");

    /// <summary>The lock around an addition to a collection, in a method that a parallel loop of another type calls.</summary>
    public static IEnumerable<Mutant> LockElsewhere(SemanticModel model, SyntaxNode root) =>
        from locked in root.DescendantNodes().OfType<LockStatementSyntax>()
        where locked.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Enqueue", Expression: IdentifierNameSyntax target } &&
            model.GetSymbolInfo(target).Symbol is IFieldSymbol { Type: INamedTypeSymbol { ContainingNamespace.Name: "Generic" } }) && IsRunElsewhere(model, root, locked)
        select Unlocked(locked);

    private static bool IsRunElsewhere(SemanticModel model, SyntaxNode root, SyntaxNode place) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && model.GetDeclaredSymbol(method) is { } symbol && root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(loop =>
            loop.FirstAncestorOrSelf<TypeDeclarationSyntax>() != method.Parent && model.GetSymbolInfo(loop).Symbol is IMethodSymbol { ContainingType.Name: "Parallel" } &&
            loop.ArgumentList.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(call).Symbol, symbol)));

    /// <summary>The second of two equal tests, inside the lock.</summary>
    public static IEnumerable<Mutant> SecondTest(SemanticModel model, SyntaxNode root) =>
        from locked in root.DescendantNodes().OfType<LockStatementSyntax>()
        where locked.Statement is BlockSyntax { Statements: [IfStatementSyntax { Else: null }] } && model.GetTypeInfo(locked.Expression).Type is not null
        let inner = (IfStatementSyntax)((BlockSyntax)locked.Statement).Statements[0]
        let outer = locked.FirstAncestorOrSelf<IfStatementSyntax>()
        where outer is not null && outer.Condition.ToString() == inner.Condition.ToString() && inner.Condition.ToString().EndsWith("== null", System.StringComparison.Ordinal) &&
              inner.Statement is BlockSyntax { Statements: [ExpressionStatementSyntax, ..] }
        select Mutant.Replace(inner, inner.Statement.ToString());

    /// <summary>A test and a second read for one of an event that others may leave.</summary>
    public static IEnumerable<Mutant> EventReadTwice(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<ConditionalAccessExpressionSyntax>()
        where call.Parent is ExpressionStatementSyntax && call.WhenNotNull is InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } &&
              model.GetSymbolInfo(call.Expression).Symbol is IEventSymbol { DeclaredAccessibility: Accessibility.Public, Type.Name: "EventHandler" or "Action" } && call.Expression is IdentifierNameSyntax &&
              call.Ancestors().OfType<MemberDeclarationSyntax>().First() is MethodDeclarationSyntax && !call.Ancestors().Any(static a => a is LockStatementSyntax or AnonymousFunctionExpressionSyntax)
        select Mutant.Replace(call, $"if ({call.Expression} != null) {call.Expression}{((InvocationExpressionSyntax)call.WhenNotNull).ArgumentList}");

    /// <summary>Two steps for a <c>GetOrAdd</c> of a concurrent dictionary of collections.</summary>
    public static IEnumerable<Mutant> LookBeforeMaking(SemanticModel model, SyntaxNode root) =>
        from declaration in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
        where declaration.Declaration.Variables is [{ Initializer.Value: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetOrAdd", Expression: IdentifierNameSyntax }, ArgumentList.Arguments: [_, { Expression: LambdaExpressionSyntax { ExpressionBody: ObjectCreationExpressionSyntax } }] } }] &&
              declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is MethodDeclarationSyntax && !declaration.Ancestors().Any(static a => a is LockStatementSyntax or AnonymousFunctionExpressionSyntax)
        let variable = declaration.Declaration.Variables[0]
        let call = (InvocationExpressionSyntax)variable.Initializer!.Value
        let dictionary = ((MemberAccessExpressionSyntax)call.Expression).Expression
        let made = ((LambdaExpressionSyntax)call.ArgumentList.Arguments[1].Expression).ExpressionBody
        where model.GetSymbolInfo(dictionary).Symbol is IFieldSymbol { Type.Name: "ConcurrentDictionary" } && model.GetTypeInfo(made).Type?.ContainingNamespace?.Name is "Generic" or "Concurrent"
        let key = call.ArgumentList.Arguments[0]
        select Mutant.Replace(declaration, $"if (!{dictionary}.TryGetValue({key}, out var {variable.Identifier})) {{ {variable.Identifier} = {made}; {dictionary}[{key}] = {variable.Identifier}; }}");

    /// <summary>The last statement of a constructor, which puts the object into a static concurrent collection, at its beginning.</summary>
    public static IEnumerable<Mutant> KnownFirst(SemanticModel model, SyntaxNode root) =>
        from constructor in root.DescendantNodes().OfType<ConstructorDeclarationSyntax>()
        where constructor.Body is { Statements: [ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax } }, ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax, Right: ThisExpressionSyntax } }] }
        let known = (ElementAccessExpressionSyntax)((AssignmentExpressionSyntax)((ExpressionStatementSyntax)constructor.Body!.Statements[1]).Expression).Left
        where model.GetSymbolInfo(known.Expression).Symbol is IFieldSymbol { IsStatic: true, Type.Name: "ConcurrentDictionary" }
        select Mutant.Replace(constructor.Body!, $"{{ {constructor.Body!.Statements[1]} {constructor.Body!.Statements[0]} }}");

    /// <summary>A random object of the member's own for the one that threads may share.</summary>
    public static IEnumerable<Mutant> OwnRandom(SemanticModel model, SyntaxNode root) =>
        from access in root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.ToString() == "Random.Shared" && access.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } && model.GetDeclaredSymbol(variable) is ILocalSymbol &&
              variable.Ancestors().OfType<BlockSyntax>().First().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.ToString().StartsWith("Parallel.For", System.StringComparison.Ordinal) && call.DescendantTokens().Any(t => t.ValueText == variable.Identifier.ValueText))
        select Mutant.Replace(access, "new Random()");

    private static IEnumerable<LockStatementSyntax> LocksOfParallelBodies(SemanticModel model, SyntaxNode root) =>
        from locked in root.DescendantNodes().OfType<LockStatementSyntax>()
        let lambda = locked.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()
        where lambda?.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "Parallel", Name: "For" or "ForEach" }
        select locked;

    private static IEnumerable<MemberDeclarationSyntax> OtherMethods(LockStatementSyntax locked, string field) =>
        locked.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Members.Where(m => m != locked.FirstAncestorOrSelf<MemberDeclarationSyntax>() && m is MethodDeclarationSyntax &&
            m.DescendantNodes().OfType<LockStatementSyntax>().Any(l => l.Expression.ToString() == locked.Expression.ToString() && l.Statement.DescendantTokens().Any(t => t.ValueText == field)) &&
            m.DescendantTokens().Where(t => t.ValueText == field).All(t => t.Parent!.AncestorsAndSelf().OfType<LockStatementSyntax>().Any()));

    private static ExpressionSyntax? UpdatedBy(SyntaxNode node) => node switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand } => operand,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var operand } => operand,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Left: var left } => left,
        _ => null,
    };

    private static bool IsFromOutside(SemanticModel model, ExpressionSyntax target, LockStatementSyntax locked) => model.GetSymbolInfo(target).Symbol switch
    {
        ILocalSymbol local => !locked.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()!.Span.Contains(local.DeclaringSyntaxReferences[0].Span),
        IFieldSymbol => true,
        _ => false,
    };

    private static Mutant Unlocked(LockStatementSyntax locked) => new(locked.Span, [new TextChange(TextSpan.FromBounds(locked.SpanStart, locked.Statement.SpanStart), "")]);
}
