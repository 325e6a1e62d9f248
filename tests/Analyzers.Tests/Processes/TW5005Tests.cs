using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5005Tests
{
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.{|TW5005:WaitForExit()|};")]
    [InlineData("_kept = Process.Start(info)!; _kept.StandardInput.Write(text); _kept.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; p.BeginOutputReadLine(); p.StandardInput.Write(\"select 1\"); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; var output = p.StandardOutput.ReadToEndAsync(); p.StandardInput.Write(text); p.{|TW5005:WaitForExit(5000)|}; Use(output);")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(\"{\\\"a\\\": 1}\"); Use(p.StandardOutput.{|TW5005:ReadToEnd()|}); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; source.CopyTo(p.StandardInput.BaseStream); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.BaseStream.Write(bytes, 0, bytes.Length); p.StandardInput.BaseStream.Flush(); p.{|TW5005:WaitForExit()|};")]
    [InlineData("using var p = Process.Start(info)!; using var w = p.StandardInput; w.Write(text); w.Flush(); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; using (var w = p.StandardInput) { w.Write(text); p.{|TW5005:WaitForExit()|}; }")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"a\"); p.StandardInput.Write(text); p.{|TW5005:WaitForExit()|}; p.StandardInput.Close();")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.StandardInput.Write(text); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; Feed(p, lines); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; Outer(p, lines); {|TW5005:End(p)|};")]
    [InlineData("foreach (var i in new[] { info }) { var p = Process.Start(i)!; p.StandardInput.Write(text + text); p.{|TW5005:WaitForExit()|}; }")]
    [InlineData("Action run = () => { var p = Process.Start(info)!; p.StandardInput.Write($\"{text}\"); p.{|TW5005:WaitForExit()|}; }; run();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"begin\"); foreach (var line in lines) p.StandardInput.WriteLine(line); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; lines.ToList().ForEach(line => p.StandardInput.WriteLine(line)); p.{|TW5005:WaitForExit()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; await p.StandardInput.WriteAsync(text); await p.{|TW5005:WaitForExitAsync()|};")]
    [InlineData("var p = Process.Start(info)!; var output = p.StandardOutput.ReadToEndAsync(); await source.CopyToAsync(p.StandardInput.BaseStream); await p.{|TW5005:WaitForExitAsync()|}; Use(await output);")]
    [InlineData("var p = Process.Start(info)!; await p.StandardInput.WriteAsync(text); p.StandardInput.Close(); await p.WaitForExitAsync();")]
    [InlineData("var p = Process.Start(info)!; await using (var w = p.StandardInput) await w.WriteAsync(text); await p.WaitForExitAsync();")]
    [InlineData("var p = Process.Start(info)!; var feed = Task.Run(() => { p.StandardInput.Write(text); p.StandardInput.Close(); }); await p.WaitForExitAsync(); await feed;")]
    public Task Async(string code) => InAsync(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Close(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Dispose(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.BaseStream.Write(bytes, 0, 1); p.StandardInput.BaseStream.Close(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; using (var w = p.StandardInput) { w.Write(text); } p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; using (p.StandardInput) p.StandardInput.Write(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; { using var w = p.StandardInput; w.Write(text); } p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; try { p.StandardInput.Write(text); } finally { p.StandardInput.Close(); } p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); CloseIt(p); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); var w = p.StandardInput; w.Close(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.WriteLine(\"exit\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.Write(\"\\nquit\\n\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in new[] { \"cd x\", \"exit\" }) p.StandardInput.WriteLine(line); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"y\"); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text + \"\\n\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text + Environment.NewLine); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write($\"{text}\\n\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write('q'); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.StandardInput.WriteLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; for (var i = 0; i < 2; i++) p.StandardInput.WriteLine(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.BaseStream.Write(bytes, 0, 4); p.StandardInput.BaseStream.Write(bytes, 4, 8); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); if (!p.WaitForExit(1000)) p.Kill();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); while (!p.WaitForExit(100)) Use(1);")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); p.Kill(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); var t = new Timer(_ => p.StandardInput.Close()); p.WaitForExit(); Use(t);")]
    [InlineData("var p = Process.Start(info)!; Elsewhere.Feed(p.StandardInput, text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; Elsewhere.Watch(p); p.StandardInput.Write(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; _kept = p; p.StandardInput.Write(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.AutoFlush = true; p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.StandardInput.Write(text); else p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; if (flag) { p.StandardInput.Write(text); p.StandardInput.Close(); } p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text);")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(text); Use(p.StandardOutput.ReadLine());")]
    [InlineData("var p = Process.Start(info)!; var q = Process.Start(info)!; q.StandardInput.Write(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; using var w = new BinaryWriter(p.StandardInput.BaseStream); w.Write(text); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.WriteLine(\"quit;\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.WriteLine(\".\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.Write(\"{\\\"method\\\":\\\"exit\\\"}\\n\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); p.StandardInput.WriteLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) { Use(p.StandardOutput.ReadLine()); p.StandardInput.WriteLine(line); } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Feed(p, lines); Say(p); p.WaitForExit();")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Script()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Lines()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Ended(lines)); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(s_script + \" done\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var command in _commands) p.StandardInput.WriteLine(command); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var command in Commands) p.StandardInput.WriteLine(command); p.WaitForExit();")]
    [InlineData("var all = new List<string>(lines); all.Add(\"exit\"); var p = Process.Start(info)!; foreach (var command in all) p.StandardInput.WriteLine(command); p.WaitForExit();")]
    [InlineData("var all = lines.ToList(); Fill(all); var p = Process.Start(info)!; foreach (var command in all) p.StandardInput.WriteLine(command); p.WaitForExit();")]
    [InlineData("var b = new StringBuilder(); b.AppendLine(text); var p = Process.Start(info)!; p.StandardInput.Write(b.ToString()); p.WaitForExit();")]
    [InlineData("var b = new StringBuilder(); b.Append(text).AppendLine(); b.Append(\"exit\"); var p = Process.Start(info)!; p.StandardInput.Write(b.ToString()); p.WaitForExit();")]
    [InlineData("var t = text; t += \"\\nquit\"; var p = Process.Start(info)!; p.StandardInput.Write(t); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; Send(p, \"exit\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Elsewhere.Text()); p.WaitForExit();")]
    public Task Silent_on_commands_built_elsewhere_that_end_the_child_or_a_line(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Query()); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Joined(lines)); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Built(text)); Use(p.StandardOutput.{|TW5005:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.Write(Text); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var b = new StringBuilder(); b.AppendLine(\"select\").Append(text); var p = Process.Start(info)!; p.StandardInput.Write(b.ToString()); p.{|TW5005:WaitForExit()|};")]
    [InlineData("var all = lines.ToList(); all.Add(\"make\"); var p = Process.Start(info)!; foreach (var command in all) p.StandardInput.WriteLine(command); p.{|TW5005:WaitForExit()|};")]
    public Task A_text_built_elsewhere_that_ends_neither(string code) => In(code);

    private const string List = "var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); ";
    private const string Array = "var ps = new[] { Process.Start(info)!, Process.Start(info)! }; ";

    [Theory]
    [InlineData(List + "foreach (var p in ps) p.StandardInput.Write(text); foreach (var p in ps) p.{|TW5005:WaitForExit()|};")]
    [InlineData(List + "ps.ForEach(p => p.StandardInput.Write(text)); ps.ForEach(p => p.{|TW5005:WaitForExit()|});")]
    [InlineData(List + "ps.ForEach(p => { p.StandardInput.Write(text); p.{|TW5005:WaitForExit()|}; });")]
    [InlineData(List + "ps.ForEach(Ask); ps.{|TW5005:ForEach(End)|};")]
    [InlineData(Array + "System.Array.ForEach(ps, p => p.StandardInput.Write(text)); System.Array.ForEach(ps, p => p.{|TW5005:WaitForExit()|});")]
    [InlineData(Array + "System.Array.ForEach(ps, Ask); System.Array.{|TW5005:ForEach(ps, End)|};")]
    [InlineData(Array + "System.Array.ForEach(ps, Ask); foreach (var p in ps) {|TW5005:End(p)|};")]
    public Task Guilty_in_lists_and_arrays(string code) => In(code);

    [Theory]
    [InlineData(List + "foreach (var p in ps) p.StandardInput.Write(text); foreach (var p in ps) p.StandardInput.Close(); foreach (var p in ps) p.WaitForExit();")]
    [InlineData(List + "ps.ForEach(p => p.StandardInput.Write(text)); ps.ForEach(p => p.StandardInput.Close()); ps.ForEach(p => p.WaitForExit());")]
    [InlineData(List + "ps.ForEach(Ask); ps.ForEach(CloseIt); ps.ForEach(End);")]
    [InlineData(Array + "System.Array.ForEach(ps, Ask); System.Array.ForEach(ps, CloseIt); System.Array.ForEach(ps, End);")]
    [InlineData(List + "ps.ForEach(Ask); ps.ForEach(Say); ps.ForEach(End);")]
    [InlineData(List + "ps.ForEach(Ask); ps.ForEach(Elsewhere.Watch); ps.ForEach(End);")]
    public Task Innocent_in_lists_and_arrays(string code) => In(code);

    /// <summary>A shell waits for more, a program that asks for one line does not; and who kills the child when time is up has seen to it that nothing hangs for ever.</summary>
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"make\"); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; foreach (var line in lines) p.StandardInput.WriteLine(line); if (!p.WaitForExit(1000)) p.Kill();")]
    public Task Misses_commands(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5005", $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        using System.Text;
        class C
        {
            private Process? _kept;
            object? M(ProcessStartInfo info, string text, string[] lines, byte[] bytes, Stream source, bool flag)
            {
                {{code}}
                return null;
            }
            static void Use(object? o) { }
            static void Say(Process p) => p.StandardInput.WriteLine("done");
            static void CloseIt(Process p) => p.StandardInput.Close();
            static void End(Process p) => p.WaitForExit();
            static void Ask(Process p) => p.StandardInput.Write("question");
            static void Feed(Process p, IEnumerable<string> items) { foreach (var item in items) p.StandardInput.WriteLine(item); }
            static void Outer(Process child, IEnumerable<string> items) { Feed(child, items); }
            static void Send(Process child, string last) { child.StandardInput.Write("a\n" + last); }
            static readonly string s_script = "exit";
            static string Script() => "cd x\nexit\n";
            static string Lines() { var b = new StringBuilder(); b.AppendLine("cd x"); return b.ToString(); }
            static string Ended(string[] lines) => string.Join("\n", lines) + Environment.NewLine;
            private readonly List<string> _commands = new();
            void Prepare() { _commands.Add("cd x"); _commands.Add("exit"); }
            IEnumerable<string> Commands { get { yield return "cd x"; yield return "quit"; } }
            static void Fill(List<string> all) => all.Add("exit");
            static string Query() => "select 1";
            static string Joined(string[] lines) => string.Join("\n", lines);
            static string Built(string text) { var b = new StringBuilder(); b.AppendLine("begin"); b.Append(text); return b.ToString(); }
            string Text => "select 2";
        }
        static class Elsewhere { public static extern void Watch(Process p); public static extern void Feed(TextWriter w, string text); public static extern string Text(); }
        """);

    private static Task InAsync(string code) => Verify.Rule("TW5005", $$"""
        using System.Diagnostics;
        class C
        {
            async Task M(ProcessStartInfo info, string text, Stream source)
            {
                {{code}}
            }
            static void Use(object? o) { }
        }
        """);
}
