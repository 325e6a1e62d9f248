namespace Threadwise.Analyzers.Reporting;

/// <summary>A style rule of the SDK.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StyleOption">The key of <c>.editorconfig</c> that says which style is wanted.</param>
internal sealed record SdkRule(string Id, string StyleOption);
