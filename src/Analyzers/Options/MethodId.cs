using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// A documentation-comment id as a user writes it: <c>T:Namespace.Type</c> for every method of a type,
/// <c>M:Namespace.Type.Method(System.String)</c> for one overload, <c>M:Namespace.Type.Method</c> for all of them. Two forms go beyond the compiler's:
/// <c>M:Namespace.Type.Method()</c> is the overload without parameters, and a constructor is <c>M:Namespace.Type..ctor</c>, because
/// in a configuration file <c>#</c> (the compiler's <c>#ctor</c>) begins a comment.
/// </summary>
internal sealed class MethodId
{
    private readonly string _container;
    private readonly string? _method;
    private readonly int _arity;
    private readonly string? _parameters;

    private MethodId(string container, string? method, int arity, string? parameters)
    {
        _container = container;
        _method = method;
        _arity = arity;
        _parameters = parameters;
    }

    /// <summary>The name of the method; null where the id names a type.</summary>
    public string? Method => _method;

    /// <summary>The id, or null when <paramref name="text"/> has not the form of one. Whether it names anything is another question.</summary>
    public static MethodId? Parse(string text)
    {
        text = string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
        if (text.StartsWith("T:", StringComparison.Ordinal))
        {
            var type = text.Substring(2);
            return IsPath(type) ? new MethodId(type, null, 0, null) : null;
        }

        if (!text.StartsWith("M:", StringComparison.Ordinal))
        {
            return null;
        }

        var conversion = text.IndexOf(")~", StringComparison.Ordinal);
        text = conversion < 0 ? text : text.Substring(0, conversion + 1);
        var open = text.IndexOf('(');
        var path = open < 0 ? text.Substring(2) : text.Substring(2, open - 2);
        var parameters = open < 0 ? null : text.Substring(open);
        var constructor = path.EndsWith("..ctor", StringComparison.Ordinal) || path.EndsWith(".#ctor", StringComparison.Ordinal);
        var dot = constructor ? path.Length - "..ctor".Length : path.LastIndexOf('.');
        if (dot <= 0 || !IsPath(path.Substring(0, dot)) || (parameters is not null && !IsParameterList(parameters)))
        {
            return null;
        }

        var name = constructor ? WellKnownMemberNames.InstanceConstructorName : path.Substring(dot + 1);
        var arity = 0;
        var ticks = name.IndexOf("``", StringComparison.Ordinal);
        if (ticks > 0 && !IsArity(name.Substring(ticks + 2), out arity))
        {
            return null;
        }

        name = ticks > 0 ? name.Substring(0, ticks) : name;
        return constructor || IsIdentifier(name) ? new MethodId(path.Substring(0, dot), name, arity, parameters) : null;
    }

    /// <summary>Adds what the id names in <paramref name="compilation"/>: nothing, when this project does not know it.</summary>
    public void AddTo(HashSet<ISymbol> found, Compilation compilation)
    {
        foreach (var type in DocumentationCommentId.GetSymbolsForDeclarationId("T:" + _container, compilation).OfType<INamedTypeSymbol>())
        {
            if (_method is null)
            {
                found.Add(type);
                continue;
            }

            foreach (var method in type.GetMembers(_method).OfType<IMethodSymbol>())
            {
                if ((_arity == 0 || method.Arity == _arity) && (_parameters is null || ParametersOf(method) == _parameters))
                {
                    found.Add(method);
                }
            }
        }
    }

    /// <summary>The compiler's own spelling of the parameter list, a conversion's return type left out.</summary>
    private static string ParametersOf(IMethodSymbol method)
    {
        var id = method.GetDocumentationCommentId() ?? "";
        var open = id.IndexOf('(');
        return open < 0 ? "()" : id.Substring(open, id.LastIndexOf(')') + 1 - open);
    }

    private static bool IsParameterList(string text)
    {
        if (text[text.Length - 1] != ')')
        {
            return false;
        }

        var depth = 0;
        var isEmpty = true;
        for (var i = 1; i < text.Length - 1; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when --depth < 0:
                    return false;
                case ',' when depth == 0 && isEmpty:
                    return false;
                case '(' or ')' or '|':
                    return false;
            }

            isEmpty = c == ',' && depth == 0;
        }

        return depth == 0 && (!isEmpty || text.Length == 2);
    }

    /// <summary>Identifiers with dots between them, a generic type's arity behind its name.</summary>
    private static bool IsPath(string text)
    {
        foreach (var part in text.Split('.'))
        {
            var tick = part.IndexOf('`');
            if (!IsIdentifier(tick < 0 ? part : part.Substring(0, tick)) ||
                (tick >= 0 && !IsArity(part.Substring(tick + 1), out _)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsArity(string text, out int arity) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out arity) && arity > 0;

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(static c => c == '_' || char.IsLetterOrDigit(c));
}
