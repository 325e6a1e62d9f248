using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Options;

namespace Threadwise.Analyzers.Engine;

/// <summary>
/// What is known once per compilation: the framework's types, what its members mean, the user's options. Immutable, so every
/// analyzer class and thread shares it. It hangs off the compilation and goes with it; nothing is kept across edits.
/// </summary>
internal sealed class Model
{
    // The factory may run twice for one compilation and the loser is dropped: both are equal, and nobody waits.
    private static readonly ConditionalWeakTable<Compilation, Model> s_models = new();

    private Model(Compilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        Types = new WellKnownTypes(compilation);
        Options = ThreadwiseOptions.Read(compilation, options);
        Locks = new LockModels(Types, Options.LockPairs);
        Throws = new ThrowModels(Types, Options);
    }

    public Compilation Compilation { get; }

    public WellKnownTypes Types { get; }

    public ThreadwiseOptions Options { get; }

    public LockModels Locks { get; }

    public ThrowModels Throws { get; }

    /// <summary>False for a compilation without threads or without the framework: then nothing is analysed.</summary>
    public bool HasFramework => Types.Monitor is not null || Types.Thread is not null || Types.Task is not null;

    public static Model For(Compilation compilation, AnalyzerOptions options) =>
        s_models.TryGetValue(compilation, out var model) ? model : s_models.GetValue(compilation, c => new Model(c, options));
}
