using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// The options of a compilation, read once. What cannot be understood is passed over here and reported by the analyzer of the options;
/// ids that name nothing are passed over in silence, because one configuration serves many projects.
/// </summary>
/// <param name="NonThrowing">The methods that are taken never to throw.</param>
internal sealed record ThreadwiseOptions(MethodSet NonThrowing)
{
    public static ThreadwiseOptions Read(Compilation compilation, AnalyzerOptions options) => new(
        OptionDefinitions.NonThrowingMethods.Resolve(
            ConfiguredValues.Of(OptionDefinitions.NonThrowingMethods.Name, compilation, options), compilation));
}
