using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Engine.Domains;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>
/// Asks the engine about marked places of a snippet: <c>Probe("p")</c> in the code under test, <c>Locks("p")</c> in the test. The
/// snippet is the body of a method of a class with one lock of each kind.
/// </summary>
internal sealed class Probes
{
    private readonly BodyFacts _body;

    private Probes(BodyFacts body) => _body = body;

    public bool HitBound => _body.LockFlows().IsDefault || _body.HitBound;

    /// <summary>The engine's facts about <c>async Task M(bool a, bool b, int k, object o, CancellationToken ct)</c> with the given statements.</summary>
    public static Probes In(string statements)
    {
        var source = $$"""
            public class C
            {
                private readonly object _gate = new();
                private readonly object[] _gates = [new(), new()];
                private readonly SemaphoreSlim _slim = new(1, 1);
                private readonly ReaderWriterLockSlim _rw = new();
                private C _next = null!;
                public async Task M(bool a, bool b, int k, object o, CancellationToken ct) { {{statements}} }
                private static void Probe(string name) { }
                private static bool Ask() => true;
                private static void Work() => File.Delete("x");
            }
            """;
        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create(
            "Probed", [tree, CSharpSyntaxTree.ParseText(Verify.GlobalUsings)], Frameworks.Net100,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var errors = compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(errors[0].ToString());
        }

        var model = compilation.GetSemanticModel(tree);
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static m => m.Identifier.Text == "M");
        var operation = (IMethodBodyOperation)model.GetOperation(method)!;
        var body = BodyFacts.Collect(
            operation.BlockBody!, model.GetDeclaredSymbol(method)!, Model.For(compilation, new AnalyzerOptions([])), default);
        body.Keep(ControlFlowGraph.Create(operation));
        return new Probes(body);
    }

    /// <summary>What each path to the probe knows of the locks: <c>this._gate: Held</c>, several locks joined by a comma, paths sorted.</summary>
    public IReadOnlyList<string> Locks(string probe) =>
        [.. _body.LockFlows().SelectMany(flow => flow.Graph.Nodes.Where(node => HasProbe(node.Block, probe))
            .SelectMany(node => flow.States[node.Id].States.Select(state => Describe(flow, state)))).Distinct().Order()];

    public string Dump() => string.Concat(_body.LockFlows().Select(static flow => flow.Dump()));

    private static bool HasProbe(BasicBlock? block, string probe) => block is not null &&
        block.Operations.Any(o => o.DescendantsAndSelf().Any(c =>
            c is IInvocationOperation { TargetMethod.Name: "Probe" } call && call.Arguments[0].Value.ConstantValue.Value is string name && name == probe));

    private static string Describe(LockFlow flow, PathState state) => string.Join(", ", Enumerable.Range(0, flow.Table.Places.Count)
        .Where(i => state[i].Phase != LockPhase.Untouched).Select(i => $"{flow.Table.Places[i]}: {state[i]}"));
}
