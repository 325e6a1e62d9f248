using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>
/// The base of every analyzer class: what no rule may forget is done here once. Generated code is analysed, because designer
/// and Razor parts hold fields and event wiring, and "report" is on for the sake of mapped code (<c>.razor</c>); the sink drops the rest.
/// </summary>
public abstract class ThreadwiseAnalyzer : DiagnosticAnalyzer
{
    private protected ThreadwiseAnalyzer()
    {
    }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            var model = Model.For(start.Compilation, start.Options);
            if (model.HasFramework)
            {
                Start(start, model);
            }
        });
    }

    /// <summary>Registers the actions for a compilation that knows threads.</summary>
    private protected abstract void Start(CompilationStartAnalysisContext context, Model model);
}
