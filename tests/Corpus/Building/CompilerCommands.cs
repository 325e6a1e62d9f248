using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Corpus.Analysis;

namespace Threadwise.Corpus.Building;

/// <summary>Makes the compilations of a build again from its compiler command lines, the generators included.</summary>
internal static class CompilerCommands
{
    public static async Task<Code> LoadAsync(IEnumerable<string> commands, CancellationToken cancellation)
    {
        var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        foreach (var command in commands)
        {
            var lines = await File.ReadAllLinesAsync(command, cancellation);
            var project = CommandLineProject.CreateProjectInfo(
                Path.GetFileNameWithoutExtension(command), LanguageNames.CSharp, lines.Skip(1).Where(IsAboutTheCode), Path.GetDirectoryName(lines[0])!, workspace);
            solution = solution.AddProject(project.WithFilePath(lines[0]));
        }

        return new Code(solution);
    }

    /// <summary>The error log belongs to the build; the package's analyzers are loaded by <see cref="Packaging.PackageRules"/>.</summary>
    private static bool IsAboutTheCode(string argument) =>
        !argument.StartsWith("/errorlog:", StringComparison.OrdinalIgnoreCase) && !argument.Contains("Threadwise.", StringComparison.Ordinal);
}
