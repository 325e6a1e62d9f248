using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Who can name a member.</summary>
internal static class Reach
{
    /// <summary>Whether code of other assemblies can: the member and all types around it are public, or open to types that derive.</summary>
    public static bool IsOutside(ISymbol member)
    {
        for (var around = member; around is not null; around = around.ContainingType)
        {
            if (around.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether such code exists as a rule: others build on a library, and hardly ever on a program or the tests of one.</summary>
    public static bool IsOutside(ISymbol member, Compilation compilation) => compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule && IsOutside(member);
}
