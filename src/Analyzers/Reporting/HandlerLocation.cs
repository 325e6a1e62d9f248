using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Reporting;

/// <summary>Where the squiggle under a handler goes: the name of the event, or the call of the helper that adds the handler.</summary>
internal static class HandlerLocation
{
    public static Location Of(SyntaxNode added) => added is AssignmentExpressionSyntax assignment
        ? assignment.Left is MemberAccessExpressionSyntax access ? access.Name.GetLocation() : assignment.Left.GetLocation()
        : CallLocation.Of(added);
}
