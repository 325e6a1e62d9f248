using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Placement;

/// <summary>Asks for a thread of its own for a body that never gives its thread back, and asks no more for one for an async body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW6008LongRunning() : ThreadwiseFix("TW6008")
{
    private const string Tasks = "global::System.Threading.Tasks.";
    private const string LongRunning = Tasks + "TaskCreationOptions.LongRunning";

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } call ||
            model?.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || call.ArgumentList.Arguments.Any(static a => a.NameColon is not null))
        {
            return null;
        }

        var types = method.Parameters.Select(static p => p.Type.Name).ToList();
        var edit = site.Properties[FixProperties.Edit];
        var changed = edit switch
        {
            "AddLongRunning" => Added(call, types),
            "StartLongRunning" => Started(call, access, types),
            "DropLongRunning" => Dropped(call),
            "TaskRun" => PoolRun.Of(call, method),
            _ => null,
        };
        var old = edit == "TaskRun" && call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax unwrap } ? unwrap : call;
        return changed is null ? null
            : await Simplifier.ReduceAsync(document.WithSyntaxRoot(root.ReplaceNode(old, changed.WithTriviaFrom(old))), Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    private static InvocationExpressionSyntax? Added(InvocationExpressionSyntax call, List<string> types)
    {
        var index = types.IndexOf("TaskCreationOptions");
        if (index >= 0)
        {
            var options = call.ArgumentList.Arguments[index].Expression;
            return options is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" } none
                ? call.ReplaceNode(none, none.WithName(SyntaxFactory.IdentifierName("LongRunning")).WithTriviaFrom(none))
                : call.ReplaceNode(options, Parsed($"{options.WithoutTrivia().ToFullString()} | {LongRunning}").WithTriviaFrom(options));
        }

        return types.Last() == "CancellationToken" ? With(call, LongRunning, Tasks + "TaskScheduler.Current") : With(call, LongRunning);
    }

    private static InvocationExpressionSyntax Started(InvocationExpressionSyntax call, MemberAccessExpressionSyntax run, List<string> types)
    {
        SimpleNameSyntax name = run.Name is GenericNameSyntax generic ? generic.WithIdentifier(SyntaxFactory.Identifier("StartNew")) : SyntaxFactory.IdentifierName("StartNew");
        var start = call.WithExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, run.WithName(SyntaxFactory.IdentifierName("Factory")), name.WithTriviaFrom(run.Name)));
        return types.Last() == "CancellationToken"
            ? With(start, LongRunning, Tasks + "TaskScheduler.Default")
            : With(start, "global::System.Threading.CancellationToken.None", LongRunning, Tasks + "TaskScheduler.Default");
    }

    private static InvocationExpressionSyntax? Dropped(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.SelectMany(static a => a.Expression is MemberAccessExpressionSyntax or BinaryExpressionSyntax ? a.Expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>() : [])
            .FirstOrDefault(static m => m.Name.Identifier.ValueText == "LongRunning") is not { } option)
        {
            return null;
        }

        switch (option.Parent)
        {
            case BinaryExpressionSyntax both when both.IsKind(SyntaxKind.BitwiseOrExpression):
                return call.ReplaceNode(both, (both.Left == option ? both.Right : both.Left).WithTriviaFrom(both));
            case ArgumentSyntax argument when argument == arguments.Last():
                return call.WithArgumentList(call.ArgumentList.WithArguments(arguments.RemoveAt(arguments.Count - 1)));
            case ArgumentSyntax:
                return call.ReplaceNode(option, option.WithName(SyntaxFactory.IdentifierName("None").WithTriviaFrom(option.Name)));
            default:
                return null;
        }
    }

    private static InvocationExpressionSyntax With(InvocationExpressionSyntax call, params string[] arguments)
    {
        var list = call.ArgumentList.Arguments.GetWithSeparators();
        foreach (var argument in arguments)
        {
            list = list.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)).Add(SyntaxFactory.Argument(Parsed(argument)));
        }

        return call.WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(list)));
    }

    private static ExpressionSyntax Parsed(string text)
    {
        var parsed = SyntaxFactory.ParseExpression(text);
        return parsed.ReplaceNodes(parsed.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
