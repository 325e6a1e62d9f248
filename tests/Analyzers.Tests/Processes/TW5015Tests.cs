using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5015Tests
{
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("using var p = new Process { StartInfo = info }; p.Start(); foreach (var line in lines) { p.StandardInput.{|TW5015:WriteLine(line)|}; } p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; using (var w = p.StandardInput) { foreach (var line in lines) w.{|TW5015:WriteLine(line)|}; } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; using (StreamWriter w = p.StandardInput) w.{|TW5015:Write(text)|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; source.{|TW5015:CopyTo(p.StandardInput.BaseStream)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.BaseStream.{|TW5015:Write(bytes, 0, bytes.Length)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var all = File.ReadAllText(\"in\"); p.StandardInput.{|TW5015:WriteLine(all)|}; Use(p.StandardOutput.ReadLine());")]
    [InlineData("var p = Process.Start(info)!; var w = new StreamWriter(p.StandardInput.BaseStream); w.{|TW5015:Write(text)|}; w.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.BeginErrorReadLine(); p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; string? line; while ((line = Console.In.ReadLine()) != null) p.StandardInput.{|TW5015:WriteLine(line)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; for (var i = 0; i < lines.Length; i++) p.StandardInput.{|TW5015:WriteLine(lines[i])|}; p.StandardInput.Close(); while (p.StandardOutput.ReadLine() is { } answer) Use(answer);")]
    [InlineData("foreach (var i in new[] { info }) { var p = Process.Start(i)!; p.StandardInput.{|TW5015:Write(text.Trim() + \"\\n\")|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); }")]
    [InlineData("var p = Process.Start(info)!; var b = new StringBuilder(); foreach (var line in lines) b.Append(line); p.StandardInput.{|TW5015:Write(b.ToString())|}; p.StandardInput.Close(); if (p.StandardOutput.ReadToEnd() == \"\") Use(1);")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write(string.Join(\"\\n\", lines))|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEndAsync().Result);")]
    [InlineData("Action run = () => { var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); }; run();")]
    [InlineData("var p = Process.Start(info)!; if (flag) { p.StandardInput.{|TW5015:Write(text)|}; } p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write($\"{text}\\n\")|}; p.StandardInput.Close(); var e = p.StandardError.ReadToEndAsync(); Use(p.StandardOutput.ReadToEnd()); Use(e.Result);")]
    [InlineData("var p = Process.Start(info)!; source.{|TW5015:CopyTo(p.StandardInput.BaseStream)|}; p.StandardInput.Close(); p.StandardOutput.BaseStream.CopyTo(source);")]
    [InlineData("var p = Process.Start(info)!; lines.ToList().{|TW5015:ForEach(line => p.StandardInput.WriteLine(line))|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Array.{|TW5015:ForEach(lines, line => { p.StandardInput.WriteLine(line); })|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    public Task The_input_is_written_first(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; await p.StandardInput.{|TW5015:WriteAsync(text)|}; p.StandardInput.Close(); Use(await p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; await source.{|TW5015:CopyToAsync(p.StandardInput.BaseStream)|}; p.StandardInput.Close(); Use(await p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) await p.StandardInput.{|TW5015:WriteLineAsync(line)|}.ConfigureAwait(false); p.StandardInput.Close(); var output = p.StandardOutput.ReadToEndAsync(); await p.WaitForExitAsync(); Use(await output);")]
    [InlineData("var p = Process.Start(info)!; var output = p.StandardOutput.ReadToEndAsync(); await p.StandardInput.WriteAsync(text); p.StandardInput.Close(); Use(await output);")]
    [InlineData("var p = Process.Start(info)!; var write = p.StandardInput.WriteAsync(text); Use(await p.StandardOutput.ReadToEndAsync()); await write;")]
    [InlineData("var p = Process.Start(info)!; await Task.WhenAll(p.StandardInput.WriteAsync(text), p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; var feed = Task.Run(() => { p.StandardInput.Write(text); p.StandardInput.Close(); }); Use(await p.StandardOutput.ReadToEndAsync()); await feed;")]
    [InlineData("var p = Process.Start(info)!; var read = Task.Run(() => p.StandardOutput.ReadToEnd()); p.StandardInput.Write(text); p.StandardInput.Close(); Use(await read);")]
    [InlineData("var p = Process.Start(info)!; await foreach (var line in stream) await p.StandardInput.{|TW5015:WriteLineAsync(line)|}; p.StandardInput.Close(); Use(await p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; await foreach (var line in stream) { await p.StandardInput.WriteLineAsync(line); Use(await p.StandardOutput.ReadLineAsync()); } p.StandardInput.Close();")]
    public Task Async(string code) => InAsync(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.StandardInput.Write(text); p.StandardInput.Close(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; var output = p.StandardOutput.ReadToEndAsync(); p.StandardInput.Write(text); p.StandardInput.Close(); Use(output.Result);")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"2 + 2\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(\"yes\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(42); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(text); Use(p.StandardOutput.ReadLine());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(text); p.StandardInput.WriteLine(\"exit\"); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var copy = p.StandardOutput.BaseStream.CopyToAsync(source); p.StandardInput.Write(text); p.StandardInput.Close(); copy.Wait();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(text); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine($\"user {text}\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(_token); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Token()); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) { p.StandardInput.WriteLine(line); Use(p.StandardOutput.ReadLine()); } p.StandardInput.Close();")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadLine()); foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; for (var i = 0; i < 3; i++) p.StandardInput.WriteLine(i); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in new[] { \"a\", \"b\" }) p.StandardInput.WriteLine(line); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Close(); p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var t = new Thread(() => Use(p.StandardOutput.ReadToEnd())); t.Start(); p.StandardInput.Write(text); p.StandardInput.Close(); t.Join();")]
    [InlineData("var p = Process.Start(info)!; var t = new Thread(() => { p.StandardInput.Write(text); p.StandardInput.Close(); }); t.Start(); Use(p.StandardOutput.ReadToEnd()); t.Join();")]
    [InlineData("var p = Process.Start(info)!; Pump(p.StandardOutput); p.StandardInput.Write(text); p.StandardInput.Close(); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Elsewhere.Feed(p.StandardInput, text); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Elsewhere.Watch(p); p.StandardInput.Write(text); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Close(); p.Kill(); Use(p.StandardOutput.ReadToEnd());", true)]
    [InlineData("var p = Process.Start(info)!; if (flag) { p.StandardInput.Write(text); return null; } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.StandardInput.Write(text); else Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.BeginOutputReadLine(); p.StandardInput.Write(text); p.StandardInput.Close(); if (!flag) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.Kill(); p.StandardInput.Write(text); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; _kept = p; p.StandardInput.Write(text); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write($\"{1 + 1} {flag}\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.AutoFlush = true; p.StandardInput.Flush(); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var q = Process.Start(info)!; q.StandardInput.Write(text); q.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("Run(info, flag ? \"y\" : \"n\");")]
    [InlineData("var p = Process.Start(info)!; Say(p, \"y\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("while (flag) { var p = Process.Start(info)!; p.StandardInput.Write(\"x\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); }")]
    [InlineData("var p = Process.Start(info)!; new List<string> { \"a\", \"b\" }.ForEach(line => p.StandardInput.WriteLine(line)); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("lines.ToList().ForEach(line => { var p = Process.Start(info)!; p.StandardInput.WriteLine(\"a\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); });")]
    [InlineData("var p = Process.Start(info)!; p.BeginOutputReadLine(); lines.ToList().ForEach(line => p.StandardInput.WriteLine(line)); p.StandardInput.Close(); p.WaitForExit();")]
    public Task Innocent(string code, bool isReported = false) => In(isReported ? code.Replace("Write(text)", "{|TW5015:Write(text)|}") : code);

    [Theory]
    [InlineData("_kept = Process.Start(info)!; _kept.StandardInput.{|TW5015:Write(text)|}; _kept.StandardInput.Close(); Use(_kept.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; {|TW5015:Feed(p, lines)|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; {|TW5015:Outer(p, lines)|}; Use(ReadIt(p));")]
    [InlineData("var p = Process.Start(info)!; {|TW5015:Say(p, text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Begin(p); Outer(p, lines); p.WaitForExit();")]
    public Task Through_helpers(string code) => In(code);

    /// <summary>The wait comes before the read anyway; where that is off, the write is named.</summary>
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Close(); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.{|TW5003:ReadToEnd()|});")]
    public Task Beside_TW5003(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; var w = p.StandardInput.WriteAsync(text); w.Wait(); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var all = \"\"; foreach (var line in lines) all += line; p.StandardInput.Write(all); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    public Task Misses_what_is_put_together(string code) => In(code);

    /// <summary>A secret that a caller gives is as good as a text.</summary>
    [Fact]
    public Task Noise_a_short_text_from_outside() =>
        In("var password = text; var p = Process.Start(info)!; p.StandardInput.{|TW5015:Write(password)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());");

    private static Task In(string code) => Verify.Rule("TW5015", $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        using System.Text;
        class C
        {
            private Process? _kept;
            private readonly string _token = Token();
            public object? M(ProcessStartInfo info, string text, string[] lines, byte[] bytes, Stream source, bool flag)
            {
                {{code}}
                return null;
            }
            static void Use(object? o) { }
            static string Token() => Guid.NewGuid().ToString();
            static async void Pump(TextReader r) { await r.ReadToEndAsync(); }
            static string ReadIt(Process p) => p.StandardOutput.ReadToEnd();
            static void Begin(Process p) { p.BeginOutputReadLine(); p.BeginErrorReadLine(); }
            static void Say(Process p, string what) => p.StandardInput.Write(what);
            static void Feed(Process p, IEnumerable<string> items) { using var w = p.StandardInput; foreach (var item in items) w.WriteLine(item); }
            static void Outer(Process child, IEnumerable<string> items) { Feed(child, items); }
            static void Both(ProcessStartInfo info) { Run(info, "y"); Run(info, "n"); }
            private static void Run(ProcessStartInfo info, string answer)
            {
                var p = Process.Start(info)!;
                p.StandardInput.Write(answer);
                p.StandardInput.Close();
                Use(p.StandardOutput.ReadToEnd());
            }
        }
        static class Elsewhere { public static extern void Watch(Process p); public static extern void Feed(TextWriter w, string text); }
        """);

    private static Task InAsync(string code) => Verify.Rule("TW5015", $$"""
        using System.Diagnostics;
        public class C
        {
            public async Task M(ProcessStartInfo info, string text, IEnumerable<string> lines, IAsyncEnumerable<string> stream, Stream source)
            {
                {{code}}
            }
            static void Use(object? o) { }
        }
        """);
}
