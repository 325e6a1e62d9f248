using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.WholeProgram;

/// <summary>Work that a member of another type starts and leaves open, and a caller who reads its result.</summary>
public class TW7006HelperTests
{
    [Theory]
    [InlineData("var l = new Loader(); l.Begin(path); var n = {|TW7006:l.Text|}.Length; l.Finish(); return n;")]
    [InlineData("var l = new Loader(); l.Begin(path); Thread.Sleep(1000); return {|TW7006:l.Text|};")]
    [InlineData("var l = new Loader(); l.Begin(path); Console.WriteLine(path); return {|TW7006:Describe(l)|};")]
    [InlineData("_own.Begin(path); return {|TW7006:_own.Text|};")]
    [InlineData("var l = new Loader(); l.Begin(path); if (path.Length > 3) return {|TW7006:l.Text|}; l.Finish(); return null;")]
    [InlineData("var t = Loader.Sum(path); Console.WriteLine({|TW7006:Totals.Sum|}); t.Join(); return null;")]
    [InlineData("var s = new Stats(); var t = new Loader().CountAsync(path, s); var n = {|TW7006:s.Lines|}; await t; return n;")]
    [InlineData("var l = new Loader(); var t = l.CollectAsync(path); foreach (var f in {|TW7006:l.Found|}) Console.WriteLine(f); t.Wait(); return null;")]
    [InlineData("var l = new Loader(); l.BeginOwn(); return {|TW7006:l.Text|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var l = new Loader(); l.Begin(path); l.Finish(); return l.Text;")]
    [InlineData("var l = new Loader(); l.Begin(path); if (path.Length > 3) l.Finish(); return l.Text;")]
    [InlineData("var l = new Loader(); if (path.Length > 3) { l.Begin(path); return null; } return l.Text;")]
    [InlineData("var l = new Loader(); if (path.Length > 3) l.Begin(path); return l.Text;")]
    [InlineData("var l = new Loader(); if (path.Length > 3) return l.Text; l.Begin(path); return null;")]
    [InlineData("Loader a = new(), b = new(); a.Begin(path); a.Finish(); b.Begin(path); var s = a.Text; b.Finish(); return s + b.Text;")]
    [InlineData("Loader a = new(), b = new(); a.Begin(path); var s = b.Text; a.Finish(); return s;")]
    [InlineData("var l = new Loader(); l.Begin(path); lock (l) return l.Text;")]
    [InlineData("var l = new Loader(); l.Begin(path); _go.WaitOne(); return l.Text;")]
    [InlineData("var l = new Loader(); l.Begin(path); l.Text = path; return l.Text;")]
    [InlineData("var l = new Loader(); l.Begin(path); unknown(); return l.Text;")]
    [InlineData("var t = Loader.Sum(path); t.Join(); return Totals.Sum;")]
    [InlineData("var t = Loader.Sum(path); if (t.IsAlive) return null; return Totals.Sum;")]
    [InlineData("var s = new Stats(); await new Loader().CountAsync(path, s); return s.Lines;")]
    [InlineData("var s = new Stats(); await new Loader().CountAsync(path, s).ConfigureAwait(false); return s.Lines;")]
    [InlineData("var s = new Stats(); var t = new Loader().CountAsync(path, s); await t; return s.Lines;")]
    [InlineData("var s = new Stats(); var t = new Loader().CountAsync(path, s); await Task.WhenAll(t); return s.Lines;")]
    [InlineData("var s = new Stats(); var t = new Loader().CountAsync(path, s); await Finished(t); return s.Lines;")]
    [InlineData("var s = new Stats(); new Loader().CountAsync(path, s).Wait(); return s.Lines;")]
    [InlineData("var l = new Loader(); var t = l.CollectAsync(path); if (!t.Wait(1000)) return null; return l.Found.Count;")]
    [InlineData("var l = new Loader(); l.BeginFlagged(path); return l.Ready ? l.Text : null;")]
    [InlineData("var l = new Loader(); l.BeginFlagged(path); while (!l.Ready) Thread.Sleep(1); return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginFlagged(path); if (!Volatile.Read(ref l.State)) return null; return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginSignalled(path); return l.IsSet ? l.Text : null;")]
    [InlineData("var l = new Loader(); l.BeginSignalled(path); l.WaitUntilSet(); return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginRunning(path); return l.IsRunning;")]
    [InlineData("var l = new Loader(); l.BeginOnce(path); return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginAndWait(path); return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginAndFinish(path); return l.Text;")]
    [InlineData("var l = new Loader(); l.BeginLocked(path); return l.Text;")]
    [InlineData("var l = new Loader(); l.Begin(path); return l.Length;")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = Loader.Go(() => n = 5); var r = n; t.Join(); return r;")]
    [InlineData("var l = new Loader(); l.BeginDeep(path); return l.Text;")]
    public Task Misses_bodies_of_the_caller_and_starts_in_a_member_of_a_member(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW7006", $$"""
        class C
        {
            private readonly Loader _own = new();
            private readonly ManualResetEvent _go = new(false);
            private static string? Describe(Loader loader) => loader.Text + "!";
            private static Task Finished(Task task) => task;
            public async Task<object?> M(string path, Action unknown)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """.Replace("await Task.Yield();", code.Contains("await") ? "" : "throw new Exception(await Task.FromResult(\"\"));"), static test => test.TestState.Sources.Add(("Loader.cs", """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        class Totals { public static long Sum; }
        class Stats { public int Lines; }
        class Loader
        {
            private readonly ManualResetEventSlim _set = new();
            private Thread? _thread;
            private volatile bool _ready;
            public readonly List<string> Found = new();
            public bool State;
            public string? Text { get; set; }
            public bool IsRunning { get; private set; }
            public bool Ready => _ready;
            public bool IsSet => _set.IsSet;
            public int Length { get { Finish(); return Text!.Length; } }
            public void WaitUntilSet() => _set.Wait();
            public void Begin(string path) { _thread = new Thread(() => Text = File.ReadAllText(path)); _thread.Start(); }
            public void BeginOwn() { new Thread(Run).Start(); }
            private void Run() => Text = "own";
            public void BeginDeep(string path) => Begin(path);
            public void BeginOnce(string path) { if (_thread == null) Begin2(path); }
            private void Begin2(string path) { if (_thread != null) return; _thread = new Thread(() => Text = File.ReadAllText(path)); _thread.Start(); }
            public void BeginAndWait(string path) { _thread = new Thread(() => Text = File.ReadAllText(path)); _thread.Start(); _thread.Join(); }
            public void BeginAndFinish(string path) { _thread = new Thread(() => Text = File.ReadAllText(path)); _thread.Start(); Finish(); }
            public void BeginLocked(string path) { new Thread(() => { lock (Found) Text = path; }).Start(); }
            public void BeginFlagged(string path) { Task.Run(() => { Text = path.Trim(); State = true; _ready = true; }); }
            public void BeginSignalled(string path) { Task.Run(() => { Text = path.Trim(); _set.Set(); }); }
            public void BeginRunning(string path) { Task.Run(() => { IsRunning = true; Found.Add(path); IsRunning = false; }); }
            public void Finish() => _thread!.Join();
            public static Thread Sum(string path) { var t = new Thread(() => { foreach (var c in path) Totals.Sum += c; }); t.Start(); return t; }
            public static Thread Go(Action body) { var t = new Thread(() => body()); t.Start(); return t; }
            public Task CountAsync(string path, Stats stats) => Task.Run(() => { foreach (var c in path) stats.Lines++; });
            public Task CollectAsync(string path) => Task.Run(() => { foreach (var c in path) Found.Add(c.ToString()); });
        }
        """)));
}
