using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// The options of a compilation, read once. What cannot be understood is passed over here and reported by the analyzer of the options;
/// ids that name nothing are passed over in silence, because one configuration serves many projects.
/// </summary>
/// <param name="NonThrowing">The methods that are taken never to throw.</param>
/// <param name="CpuBound">The methods that are taken to compute for long.</param>
/// <param name="LockPairs">The locks that the user named.</param>
/// <param name="Targets">The targets of the project.</param>
internal sealed record ThreadwiseOptions(MethodSet NonThrowing, MethodSet CpuBound, LockPairs LockPairs, TargetFrameworks Targets)
{
    public static ThreadwiseOptions Read(Compilation compilation, AnalyzerOptions options) => new(
        OptionDefinitions.NonThrowingMethods.Resolve(
            ConfiguredValues.Of(OptionDefinitions.NonThrowingMethods.Name, compilation, options), compilation),
        OptionDefinitions.CpuBoundMethods.Resolve(
            ConfiguredValues.Of(OptionDefinitions.CpuBoundMethods.Name, compilation, options), compilation),
        OptionDefinitions.LockPairs.Resolve(ConfiguredValues.Of(OptionDefinitions.LockPairs.Name, compilation, options), compilation),
        new TargetFrameworks(options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(TargetFrameworks.Key, out var targets) ? targets : null));
}
