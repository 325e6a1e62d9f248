using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Program;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Queues;
using Threadwise.Analyzers.Rules.Threads;

namespace Threadwise.Analyzers.Rules.WholeProgram;

/// <summary>
/// Reports what TW1002 reports, where the body, its result or the read lies in another type: they are followed through the calls of the compilation whose target is certain, and the object must be
/// proven to be the same; the start may lie in a member of another type that is called and leaves the work open. What TW4005 reports, where work, start or disposal lie in different types. And what TW5002 reports, where the child comes from a member that starts it.
/// </summary>
[NoCodeFix("The join may belong into either of the types, and the handle need not be at hand where the result is read")]
internal sealed class TW7006ResultReadBeforeJoinAcrossTypes() : ProgramRule(Descriptors.Create(Id, Category.Program, DiagnosticSeverity.Warning, true, WellKnownDiagnosticTags.CompilationEnd))
{
    public const string Id = "TW7006";

    public override void Examine(ProgramFacts program, ProgramFindings findings)
    {
        foreach (var early in EarlyReads.Of(program))
        {
            var (starter, cause) = (early.In, new Cause(early.Cause));
            var start = starter.SyntaxOf(early.Start, program.Cancellation);
            var read = CallLocation.Of(starter.SyntaxOf(early.Read.Span, program.Cancellation));
            var others = ImmutableArray.Create(CallLocation.Of(start), LocationOf(early.Write, program));
            findings.Add(new Finding(
                Descriptor, read, cause, early.Inner is { } inner ? others.Add(LocationOf(inner, program)) : others, ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(early.Place.Display(), s_read, Descriptors.Text($"{Id}_Body", LineNumber.Of(start), ProgramRaceFindings.NameOf(early.Write.In)))));
            if (starter == early.Fork.In && early.Fork.LiveRead is not null)
            {
                findings.Add(new Finding(s_live, read, cause, ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null, ImmutableArray<object?>.Empty));
            }
        }

        foreach (var early in EarlyDisposals.Of(program))
        {
            var (starter, cause) = (early.In, new Cause(early.Cause));
            var disposal = CallLocation.OfDisposal(starter.SyntaxOf(early.At, program.Cancellation));
            var start = early.Fork.In.SyntaxOf(early.Fork.At, program.Cancellation);
            var others = ImmutableArray.Create(CallLocation.Of(start), LocationOf(early.Use, program));
            findings.Add(new Finding(
                Descriptor, disposal, cause, early.Inner is { } inner ? others.Add(LocationOf(inner, program)) : others, ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(early.Name, s_disposed, Descriptors.Text($"{Id}_User", LineNumber.Of(start), ProgramRaceFindings.NameOf(early.Use.In)))));
            if (early.IsLive)
            {
                findings.Add(new Finding(s_liveDisposal, disposal, cause, ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null, ImmutableArray<object?>.Empty));
            }
        }

        foreach (var early in program.EarlyExits())
        {
            var root = early.In.Tree.GetRoot(program.Cancellation);
            var start = CallLocation.Of(root.FindNode(early.Call, getInnermostNodeForTie: true));
            findings.Add(new Finding(
                Descriptor, MemberLocation.Of(root.FindNode(early.Read, getInnermostNodeForTie: true)), new Cause(early.Call), ImmutableArray.Create(start), ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(early.Property, s_read, Descriptors.Text($"{Id}_Child", $"{early.Giver.ContainingType.Name}.{early.Giver.Name}"))));
        }
    }

    private static readonly DiagnosticDescriptor s_live = new TW1002ResultReadBeforeJoin().Descriptor;
    private static readonly DiagnosticDescriptor s_liveDisposal = new TW4005DisposedWhileInUse().Descriptor;
    private static readonly LocalizableString s_read = Descriptors.Text($"{Id}_Read");
    private static readonly LocalizableString s_disposed = Descriptors.Text($"{Id}_Disposed");

    private static Location LocationOf(Site site, ProgramFacts program) => CallLocation.Of(site.In.SyntaxOf(site.Step.Span, program.Cancellation));
}
