using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3014Tests
{
    [Theory]
    [InlineData("void M() { if (Changed != null) {|TW3014:Changed|}(this, EventArgs.Empty); }")]
    [InlineData("void M() { if (Changed != null) { Count(); {|TW3014:Changed|}.Invoke(this, EventArgs.Empty); } }")]
    [InlineData("void M() { if (null != this.Changed) { {|TW3014:this.Changed|}(this, EventArgs.Empty); } }")]
    [InlineData("void M() { if (Changed is null) return; {|TW3014:Changed|}(this, EventArgs.Empty); }")]
    [InlineData("void M() { if (Changed == null) { Count(); return; } try { {|TW3014:Changed|}(this, EventArgs.Empty); } catch (Exception) { Count(); } }")]
    [InlineData("protected virtual void OnChanged(EventArgs e) { if (Changed != null && Count() > 0) {|TW3014:Changed|}(this, e); }")]
    [InlineData("void M() { if (Changed != null) { try { {|TW3014:Changed|}(this, EventArgs.Empty); Count(); } catch { } } }")]
    [InlineData("void M() { if (Changed != null) { try { {|TW3014:Changed|}(this, EventArgs.Empty); } catch (InvalidOperationException) { } } }")]
    [InlineData("void M() { if (Changed != null) foreach (EventHandler h in {|TW3014:Changed|}.GetInvocationList()) h(this, EventArgs.Empty); }")]
    [InlineData("void M() { Task.Run(() => { if (Changed is { }) {|TW3014:Changed|}(this, EventArgs.Empty); }); }")]
    [InlineData("static void M() { if (Stopped != null) {|TW3014:Stopped|}(1); }")]
    [InlineData("void M() { void Raise() { if (!(Changed == null)) {|TW3014:Changed|}(this, EventArgs.Empty); } Raise(); }")]
    [InlineData("void M() { if (Changed == null) Count(); else {|TW3014:Changed|}(this, EventArgs.Empty); }")]
    [InlineData("public void M() => Raise(); private void Raise() => Twice(); private void Twice() { if (Changed != null) {|TW3014:Changed|}(this, EventArgs.Empty); }")]
    public Task Events_that_are_tested_and_raised_are_reported(string code) => Verify.Rule("TW3014", In(code));

    [Theory]
    // Cleared under a lock
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) {|TW3014:_box|}.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { Clear(); } } private void Clear() { _box = null; } public void Send() { if (_box == null) return; {|TW3014:_box|}.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { if (_box != null) { _box.Use(); _box = null; } } } public int Send() => _box == null ? 0 : {|TW3014:_box|}.Value;")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public bool Send() => _box != null && {|TW3014:_box|}.Value > 0;")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public bool Send() => _box == null || {|TW3014:_box|}.Value > 0;")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { while (_box != null) { {|TW3014:_box|}.Use(); } }")]
    [InlineData("public void Close() { if (_box != null) { lock (_gate) { {|TW3014:_box|}.Use(); _box = null; } } }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public int Send() { if (_box == null) _box = new Box(); return {|TW3014:_box|}.Value; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public int Send() { _box ??= new Box(); return {|TW3014:_box|}.Value; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box?.Value > 0) {|TW3014:_box|}.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _text = null; } } public int Send() { if (string.IsNullOrEmpty(_text)) return 0; return {|TW3014:_text|}.Length; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { Keep(_box != null ? {|TW3014:_box|}.Value : 0); }")]
    [InlineData("public void Dispose() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) {|TW3014:_box|}.Use(); }")]
    [InlineData("Box[] _all; public void Close() { lock (_gate) { _all = null; } } public void Send() { if (_all == null) return; {|TW3014:_all|}[0] = new Box(); _all[1].Use(); }")]
    // Cleared atomically, or volatile
    [InlineData("public void Close() { Interlocked.Exchange(ref _box, null)?.Use(); } public void Send() { if (_box != null) {|TW3014:_box|}.Use(); }")]
    [InlineData("public void Close(Box old) { Interlocked.CompareExchange(ref _box, null, old); } public async Task Send() { if (_box == null) throw new Exception(); await Task.Yield(); {|TW3014:_box|}.Use(); }")]
    [InlineData("public void Close() { _seen = null; } public void Send() { if (_seen != null) {|TW3014:_seen|}.Use(); }")]
    [InlineData("public void Close() { Volatile.Write(ref _box, null); } public void Send() { if (_box is not null) {|TW3014:_box|}.Use(); }")]
    [InlineData("static Box s_box; public static void Close() => Interlocked.Exchange(ref s_box, null); public static void Send() { if (s_box != null) {|TW3014:s_box|}.Use(); }")]
    // Beside a fork
    [InlineData("public C() { new Thread(Loop).Start(); } private void Loop() { while (true) { if (_box != null) {|TW3014:_box|}.Use(); } } public void Close() { _box = null; }")]
    [InlineData("public void Start() { Task.Run(() => { if (_box != null) {|TW3014:_box|}.Use(); }); } public void Close() { _box = null; }")]
    [InlineData("public void Start() { Task.Run(() => Work()); } private void Work() { Step(); } private void Step() { if (_box != null) {|TW3014:_box|}.Use(); } public void Close() { Reset(); } private void Reset() { _box = null; }")]
    [InlineData("public void Start() { Task.Run(() => { _box = null; }); } public void Send() { if (_box != null) {|TW3014:_box|}.Use(); }")]
    [InlineData("public Task<int> Task { get; set; } public void Close() { lock (_gate) { Task = null; } } public async Task Send() { if (Task != null) await {|TW3014:Task|}; }")]
    public Task Fields_that_another_thread_clears_are_reported(string code) => Verify.Rule("TW3014", In(code));

    [Theory]
    // Read once
    [InlineData("void M() { Changed?.Invoke(this, EventArgs.Empty); }")]
    [InlineData("void M() { var changed = Changed; if (changed != null) changed(this, EventArgs.Empty); }")]
    [InlineData("void M() { if (Changed is { } changed) changed(this, EventArgs.Empty); }")]
    [InlineData("void M() { if (Changed != null) Count(); }")]
    [InlineData("bool Has => Changed != null;")]
    [InlineData("void M() { if (Changed == null) Changed += (_, _) => { }; }")]
    [InlineData("public C() { if (Changed != null) Changed(this, EventArgs.Empty); }")]
    [InlineData("private event Action Own; void M() { if (Own != null) Own(); }")]
    [InlineData("public event System.ComponentModel.PropertyChangedEventHandler PropertyChanged; void M() { if (PropertyChanged != null) PropertyChanged(this, null); }")]
    [InlineData("void M() { lock (_gate) { if (Changed != null) Changed(this, EventArgs.Empty); } }")]
    [InlineData("void M() { if (Changed != null) { try { Changed(this, EventArgs.Empty); } catch { } } }")]
    [InlineData("void M(C other) { if (other.Changed != null) other.Changed(this, EventArgs.Empty); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { var box = _box; if (box != null) box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { _box?.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box is { } box) box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) Count(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) _box = new Box(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) { _box = new Box(); _box.Use(); } }")]
    // A lock in common
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { lock (_gate) { if (_box != null) _box.Use(); } }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { lock (_gate) { Deep(); } } private void Deep() { Deeper(); } private void Deeper() { if (_box != null) _box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box == null) return; lock (_gate) { if (_box != null) _box.Use(); } }")]
    [InlineData("private readonly ReaderWriterLockSlim _rw = new(); public void Close() { _rw.EnterWriteLock(); try { _box = null; } finally { _rw.ExitWriteLock(); } } public void Send() { _rw.EnterReadLock(); try { if (_box != null) _box.Use(); } finally { _rw.ExitReadLock(); } }")]
    [InlineData("private readonly SemaphoreSlim _one = new(1, 1); public async Task Close() { await _one.WaitAsync(); try { _box = null; } finally { _one.Release(); } } public async Task Send() { await _one.WaitAsync(); try { if (_box != null) _box.Use(); } finally { _one.Release(); } }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { using (Guarded()) { if (_box != null) _box.Use(); } } IDisposable Guarded() => null;")]
    // Never cleared, or by nobody else
    [InlineData("public void Fill() { lock (_gate) { _box = new Box(); } } public void Send() { if (_box != null) _box.Use(); }")]
    [InlineData("public void Close() { _box = null; } public void Send() { if (_box != null) _box.Use(); }")]
    [InlineData("public void Dispose() { _box = null; } public void Send() { Task.Run(Count); if (_box != null) _box.Use(); }")]
    [InlineData("public void Dispose() { _seen = null; } public void Send() { if (_seen != null) _seen.Use(); }")]
    [InlineData("public void Close() { if (_seen != null) { _seen.Use(); _seen = null; } }")]
    [InlineData("public C() { lock (_gate) { _box = null; } if (_box != null) _box.Use(); }")]
    [InlineData("[ThreadStatic] static Box t_box; static void Close() { lock (s_gate) { t_box = null; } } static void Send() { if (t_box != null) t_box.Use(); }")]
    [InlineData("public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { if (_box != null) _box.Use(); _box = null; } }")]
    [InlineData("public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { Step(); Reset(); } } private void Step() { if (_box != null) _box.Use(); } private void Reset() { lock (_gate) { _box = null; } }")]
    [InlineData("private Task _work; public void Start() { _work = Task.Run(() => { if (_box != null) _box.Use(); }); } public void Close() { _work.Wait(); _box = null; }")]
    [InlineData("public async Task Run() { _box = new Box(); await Task.Run(() => { if (_box != null) _box.Use(); }); _box = null; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } protected virtual void Send() { lock (_gate) { if (_box != null) { _box.Use(); } } }")]
    [InlineData("Box[] _all; public void Close() { lock (_gate) { _all[0] = null; } } public void Send() { if (_all != null) _all[0].Use(); }")]
    // Another variable
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send(Box box) { if (box != null) box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send(C other) { if (_box != null) other._box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_seen != null) _box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box == null) _text = \"none\"; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() => System.Diagnostics.Debug.Assert(_box == null || _box.ToString() != \"\", \"empty\");")]
    public Task Single_reads_locks_and_lone_threads_are_left_alone(string code) => Verify.Rule("TW3014", In(code));

    [Fact]
    public Task A_control_of_a_user_interface_is_left_alone() => Verify.Rule("TW3014", """
        namespace System.Windows { public class UIElement { } }
        class View : System.Windows.UIElement
        {
            public event EventHandler? Shown;
            void M() { if (Shown != null) Shown(this, EventArgs.Empty); }
        }
        """);

    [Fact]
    public Task A_component_of_a_form_is_left_alone() => Verify.Rule("TW3014", """
        class Ticker : System.ComponentModel.Component
        {
            public event EventHandler? Ticked;
            void M() { if (Ticked != null) Ticked(this, EventArgs.Empty); }
        }
        public class Watcher : System.IO.FileSystemWatcher
        {
            public event EventHandler? Seen;
            void M() { if (Seen != null) {|TW3014:Seen|}(this, EventArgs.Empty); }
        }
        """);

    /// <summary>Where only the assembly can name the event, and listens to it, nobody else does.</summary>
    [Theory]
    [InlineData("void Go() { var feed = new Feed(); feed.Changed += On; feed.Raise(); }")]
    [InlineData("void Go(Feed? feed) { feed?.Changed += (_, _) => { }; feed?.Raise(); }")]
    [InlineData("void Go() { var feed = new Feed(); feed.Changed += On; feed.Raise(); feed.Changed -= On; }")]
    [InlineData("void Go() { var feed = new Feed(); feed.Changed += Once; feed.Raise(); } void Once(object? sender, EventArgs e) => ((Feed)sender!).Changed -= Once;")]
    public Task Listeners_of_the_assembly_are_left_alone(string code) => Verify.Rule("TW3014", Inside(code, isRight: true));

    [Theory]
    [InlineData("")]
    [InlineData("void Stop(Feed feed) { feed.Changed -= On; }")]
    public Task Listeners_that_are_not_seen_may_leave(string code) => Verify.Rule("TW3014", Inside(code, isRight: false));

    /// <summary>A listener of the assembly that stops on another thread.</summary>
    [Theory]
    [InlineData("Feed _feed = new(); void Open() { _feed.Changed += On; } void Close() { _feed.Changed -= On; }")]
    [InlineData("void Go(Feed feed) { feed.Changed += On; Task.Run(() => feed.Changed -= On); feed.Raise(); }")]
    public Task Misses_listeners_of_the_assembly_that_leave(string code) => Verify.Rule("TW3014", Inside(code, isRight: true));

    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, false)]
    [InlineData(OutputKind.ConsoleApplication, true)]
    public async Task A_public_event_of_a_program_is_one_of_its_assembly(OutputKind kind, bool isRight)
    {
        var code = Inside("void Go() { var feed = new Feed(); feed.Changed += On; feed.Raise(); }", true).Replace("internal class", "public class", StringComparison.Ordinal) + " static class Program { static void Main() { } }";

        Assert.Equal(isRight ? [] : ["TW3014"], (await (Analysis.Of(code) with { OutputKind = kind }).ReportsAsync()).Select(static r => r.Id));
    }

    /// <summary>In a program nobody else can listen, so that an event without a listener is never raised.</summary>
    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, false)]
    [InlineData(OutputKind.ConsoleApplication, true)]
    public async Task An_event_without_a_listener(OutputKind kind, bool isRight)
    {
        var code = Inside("", true) + " static class Program { static void Main() { } }";

        Assert.Equal(isRight ? [] : ["TW3014"], (await (Analysis.Of(code) with { OutputKind = kind }).ReportsAsync()).Select(static r => r.Id));
    }

    private static string Inside(string user, bool isRight) => $$"""
        internal class Feed
        {
            public event EventHandler? Changed;
            internal void Raise() { if (Changed != null) {{(isRight ? "Changed" : "{|TW3014:Changed|}")}}(this, EventArgs.Empty); }
        }
        class User
        {
            void On(object? sender, EventArgs e) { }
            {{user}}
        }
        """;

    [Fact]
    public Task An_interface_opens_an_event_to_others() => Verify.Rule("TW3014", """
        public interface ISource { event EventHandler? Changed; }
        internal class Source : ISource
        {
            public event EventHandler? Changed;
            void M() { if (Changed != null) {|TW3014:Changed|}(this, EventArgs.Empty); }
        }
        class User { void Go() { var source = new Source(); source.Changed += (_, _) => { }; } }
        """);

    [Fact]
    public Task A_reader_of_a_database_is_left_alone() => Verify.Rule("TW3014", """
        abstract class Reader : System.Data.Common.DbDataReader
        {
            public event EventHandler? Closed;
            void M() { if (Closed != null) Closed(this, EventArgs.Empty); }
        }
        """);

    [Fact]
    public Task Parts_of_a_type_are_read_together() => Verify.Rule("TW3014", """
        partial class Link<T> where T : class
        {
            private readonly object _gate = new();
            private List<T>? _items = new();
            public void Close() { lock (_gate) { _items = null; } }
        }
        partial class Link<T>
        {
            public int Count() { if (_items == null) return 0; return {|TW3014:_items|}.Count; }
        }
        """);

    [Fact]
    public Task A_collection_that_is_changed_without_its_lock_is_one_report() => Verify.Rule("TW3014", """
        class C
        {
            private readonly object _gate = new();
            private List<int>? _items = new();
            public void Close() { lock (_gate) { _items = null; } }
            public void Clear() { lock (_gate) { _items?.Clear(); } }
            public void Add(int item) { if (_items != null) {|TW3014:_items|}.Add(item); }
        }
        """);

    [Fact]
    public Task A_collection_that_threads_share_is_another_rules() => Verify.Rule("TW3014", """
        class C
        {
            private readonly object _gate = new();
            private List<int>? _items = new();
            public void Close() { lock (_gate) { _items = null; } }
            public void Run() { Parallel.For(0, 9, i => { if (_items != null) {|TW3005:_items|}.Add(i); }); }
        }
        """);

    [Theory]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public Box Get() { if (_box == null) _box = new Box(); return _box; }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) Keep(_box); } void Keep(Box box) { }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { if (_box != null) Task.Run(() => _box.Use()); }")]
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public void Send() { lock (_gate) { if (_box == null) return; } _box.Use(); }")]
    [InlineData("public void Close() { lock (_gate) { _price = null; } } public decimal Send() { return _price.HasValue ? _price.Value : 0; }")]
    // Another object's field; a flag of the same lock that says that there is one; a test in a helper.
    [InlineData("public void Close() { lock (_gate) { _box = null; } } public static void Send(C c) { if (c._box != null) c._box.Use(); }")]
    [InlineData("bool _open; public void Close() { lock (_gate) { _open = false; _box = null; } } public void Send() { if (_open) _box.Use(); }")]
    [InlineData("bool HasBox => _box != null; public void Close() { lock (_gate) { _box = null; } } public void Send() { if (HasBox) _box.Use(); }")]
    public Task Misses_reads_that_are_no_use_and_other_forms(string code) => Verify.Rule("TW3014", In(code));

    private static string In(string code) => $$"""
        #nullable disable
        public class C
        {
            public sealed class Box { public int Value; public void Use() { } }
            public event EventHandler Changed;
            public static event Action<int> Stopped;
            static readonly object s_gate = new();
            readonly object _gate = new();
            Box _box;
            volatile Box _seen;
            string _text;
            decimal? _price;
            int Count() => 1;
            void Keep(int value) { }
            {{code}}
        }
        """;
}
