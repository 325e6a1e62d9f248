using System;

namespace Threadwise.Analyzers.Rules;

/// <summary>Says of a rule why it has no fix. A rule has a fix or this attribute; the rule's page shows the reason.</summary>
/// <param name="reason">A sentence without a period at its end.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class NoCodeFixAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
