using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Processes;

/// <summary>The reads and writes of shared memory that a report is about.</summary>
internal static class SharedAccesses
{
    /// <summary>The access at the report and those that its edit goes over as well; null where one of them is in another file.</summary>
    public static IReadOnlyList<InvocationExpressionSyntax>? Of(FixSite site)
    {
        var count = site.Properties.TryGetValue(FixProperties.Accesses, out var number) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var accesses = site.Others.Take(count).Prepend(site.Target).Select(static node => node?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList();
        return accesses.All(static a => a is not null) ? accesses.OfType<InvocationExpressionSyntax>().ToList() : null;
    }
}
