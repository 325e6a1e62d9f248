using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Snippets;

/// <summary>The members of a test project's classes by class and name. Classes are told apart by their simple names.</summary>
internal sealed class TestClasses
{
    private readonly ILookup<(string Class, string Name), MethodDeclarationSyntax> _methods;
    private readonly ILookup<(string Class, string Name), ExpressionSyntax> _values;

    public TestClasses(IReadOnlyCollection<SyntaxNode> roots)
    {
        var types = roots.SelectMany(static root => root.DescendantNodes().OfType<TypeDeclarationSyntax>()).ToList();
        _methods = types.SelectMany(static type => type.Members.OfType<MethodDeclarationSyntax>())
            .ToLookup(static method => (((TypeDeclarationSyntax)method.Parent!).Identifier.Text, method.Identifier.Text));
        _values = types.SelectMany(Values).ToLookup(static v => v.Key, static v => v.Value);
    }

    public bool Has(string type) => _methods.Any(method => method.Key.Class == type);

    /// <summary>The method that takes that many arguments, others having defaults; null if there is none.</summary>
    public MethodDeclarationSyntax? Method(string type, string name, int arguments) => _methods[(type, name)].FirstOrDefault(method =>
        method.ParameterList.Parameters.Count >= arguments && method.ParameterList.Parameters.Skip(arguments).All(static p => p.Default is not null));

    /// <summary>What a constant, an initialized field or a computed property is.</summary>
    public ExpressionSyntax? Value(string type, string name) => _values[(type, name)].FirstOrDefault();

    private static IEnumerable<KeyValuePair<(string, string), ExpressionSyntax>> Values(TypeDeclarationSyntax type)
    {
        foreach (var member in type.Members)
        {
            if (member is PropertyDeclarationSyntax { ExpressionBody.Expression: { } computed } property)
            {
                yield return new((type.Identifier.Text, property.Identifier.Text), computed);
            }
            else if (member is FieldDeclarationSyntax field)
            {
                foreach (var variable in field.Declaration.Variables.Where(static v => v.Initializer is not null))
                {
                    yield return new((type.Identifier.Text, variable.Identifier.Text), variable.Initializer!.Value);
                }
            }
        }
    }
}
