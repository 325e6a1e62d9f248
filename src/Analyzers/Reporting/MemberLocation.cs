using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Reporting;

/// <summary>Where the squiggle under a handler or a property goes: its name, or the call of the helper that has it.</summary>
internal static class MemberLocation
{
    public static Location Of(SyntaxNode member) => member switch
    {
        AssignmentExpressionSyntax assignment => Of(assignment.Left),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        _ => CallLocation.Of(member),
    };

    /// <summary>What a message calls the member.</summary>
    public static string NameOf(SyntaxNode member)
    {
        var location = Of(member);
        return location.SourceTree!.GetText().ToString(location.SourceSpan);
    }
}
