using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.MSBuild;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Hosts.Editor;

/// <summary>
/// The services that editors ask for squiggles and light bulbs, in this process. Like editors they leave out what only the end of
/// a compilation tells.
/// </summary>
internal sealed class EditorServices : IDisposable
{
    private const string Features = "Microsoft.CodeAnalysis.Features";
    private static readonly Type s_diagnostics = Internals.Type(Features, "Microsoft.CodeAnalysis.Diagnostics.IDiagnosticAnalyzerService");
    private static readonly Type s_fixes = Internals.Type(Features, "Microsoft.CodeAnalysis.CodeFixes.ICodeFixService");
    private readonly object _diagnosticService;
    private readonly object _fixService;

    private EditorServices(Workspace workspace)
    {
        Workspace = workspace;
        _diagnosticService = Internals.Call(typeof(HostWorkspaceServices), workspace.Services, "GetRequiredService", [s_diagnostics])!;
        _fixService = Exports(workspace.Services.HostServices, s_fixes).Single();
    }

    public Workspace Workspace { get; }

    /// <summary>The parts that an editor is composed of.</summary>
    public static MefHostServices Parts { get; } = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    /// <summary>Opens a restored solution as the SDK's build sees it.</summary>
    public static async Task<EditorServices> OpenAsync(string solution, CancellationToken cancellation)
    {
        var workspace = MSBuildWorkspace.Create(Parts);
        await workspace.OpenSolutionAsync(solution, cancellationToken: cancellation);
        return new EditorServices(workspace);
    }

    /// <summary>Over a workspace that is built already with <see cref="Parts"/>.</summary>
    public static EditorServices Over(Workspace workspace) => new(workspace);

    /// <summary>What the editor underlines in <paramref name="document"/>, in the given span or all over.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, TextSpan? span, CancellationToken cancellation)
    {
        var method = s_diagnostics.GetMethod("GetDiagnosticsForSpanAsync")!.GetParameters();
        var data = await WithResultAsync(Internals.Call(
            s_diagnostics, _diagnosticService, "GetDiagnosticsForSpanAsync", [],
            document, span, AllIds(method[2].ParameterType), null, Enum.Parse(method[4].ParameterType, "All"), cancellation)!);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var item in (IEnumerable)data!)
        {
            diagnostics.Add(await (Task<Diagnostic>)Internals.Call(item.GetType(), item, "ToDiagnosticAsync", [], document.Project, cancellation)!);
        }

        return [.. diagnostics.OrderBy(static d => d.Location.SourceSpan.Start)];
    }

    /// <summary>Every entry of the light bulb at <paramref name="span"/>, in the order of the menu.</summary>
    public async Task<ImmutableArray<BulbEntry>> BulbAsync(Document document, TextSpan span, CancellationToken cancellation)
    {
        var stream = Internals.Call(s_fixes, _fixService, "StreamFixesAsync", [], document, span, null, cancellation)!;
        var entries = ImmutableArray.CreateBuilder<BulbEntry>();
        await foreach (var collection in ((IAsyncEnumerable<object>)stream).WithCancellation(cancellation))
        {
            foreach (var fix in Internals.Get<IEnumerable>(collection, "Fixes"))
            {
                entries.Add(BulbEntry.Of(collection, fix, document));
            }
        }

        return entries.ToImmutable();
    }

    public void Dispose() => Workspace.Dispose();

    private static IEnumerable<object> Exports(HostServices parts, Type type)
    {
        var provider = parts.GetType().GetInterfaces().Single(static i => i.Name == "IMefHostExportProvider");
        var exports = (IEnumerable)Internals.Call(provider, parts, "GetExports", [type])!;
        return exports.Cast<object>().Select(static lazy => Internals.Get<object>(lazy, "Value"));
    }

    private static object AllIds(Type filter) => Internals.Get<object>(
        Activator.CreateInstance(filter, nonPublic: true) ?? throw new MissingMemberException(filter.Name, ".ctor"), "All");

    private static async Task<object?> WithResultAsync(object task)
    {
        await (Task)task;
        return Internals.Get<object?>(task, "Result");
    }
}
