using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Threadwise.Corpus.Labels;

/// <summary>
/// A fingerprint of a source line without its layout. It stays when lines move or are indented anew, and a label file that holds it
/// holds nobody's code.
/// </summary>
internal sealed class Anchor
{
    private readonly Dictionary<string, string[]> _files = [];

    public string Of(string file, int line)
    {
        if (line == 0 || !File.Exists(file))
        {
            return "";
        }

        if (!_files.TryGetValue(file, out var lines))
        {
            _files.Add(file, lines = File.ReadAllLines(file));
        }

        return line <= lines.Length ? Of(lines[line - 1]) : "";
    }

    public static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))[..12];
}
