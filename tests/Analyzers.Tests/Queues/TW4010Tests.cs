using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4010Tests
{
    [Theory]
    // Something throws before.
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { var x = Compute(1); done.SetResult(x); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); _ = Task.Run(async () => { await WorkAsync(); done.TrySetResult(); }); await done.Task; return 0;")]
    [InlineData("TaskCompletionSource<int> done = {|TW4010:new|}(); Task.Factory.StartNew(() => { var x = Compute(1); done.SetResult(x); }); return done.Task.Result;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { if (n > 1) throw new InvalidOperationException(); done.SetResult(1); }); return done.Task.GetAwaiter().GetResult();")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); new Thread(() => { try { done.SetResult(Compute(1)); } catch (Exception e) { Console.WriteLine(e); } }).Start(); return await done.Task.ConfigureAwait(false);")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); void Body() { var x = Compute(1); done.SetResult(x); } Task.Run(Body); done.Task.Wait(); return 1;")]
    // Something returns before.
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { if (n > 1) return; done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); ThreadPool.QueueUserWorkItem(_ => { if (n > 1) done.SetResult(1); }); return await done.Task;")]
    // Who comes second throws.
    [InlineData("var done = new TaskCompletionSource<int>(); using var timer = new Timer(_ => done.{|TW4010:SetException(new TimeoutException())|}, null, 100, -1); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.{|TW4010:SetCanceled()|}); Changed += (_, _) => done.{|TW4010:SetResult(1)|}; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { Console.WriteLine(); done.{|TW4010:SetResult(1)|}; }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); var t = Task.Run(() => done.{|TW4010:SetResult(1)|}); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); WorkAsync().ContinueWith(t => done.{|TW4010:SetResult(1)|}); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(99).ContinueWith(_ => done.{|TW4010:SetException(new TimeoutException())|}); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(99).ContinueWith(_ => done.{|TW4010:SetResult(0)|}); WorkAsync().ContinueWith(t => done.{|TW4010:SetResult(1)|}); return await done.Task;")]
    public Task Guilty(string code) => In(code);

    [Theory]
    // Completed on every way.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { var x = 0; try { x = Compute(1); } finally { done.SetResult(x); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { Compute(1); } catch (Exception e) { Console.WriteLine(e); } done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { if (n > 1) { done.SetResult(1); return; } done.SetResult(2); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { if (n > 1) done.SetResult(1); else done.SetResult(2); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { Console.WriteLine(); done.SetResult(n); }); return await done.Task;")]
    // An exception ends the program, comes out elsewhere, or somebody else completes.
    [InlineData("var done = new TaskCompletionSource<int>(); new Thread(() => done.SetResult(Compute(1))).Start(); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); ThreadPool.QueueUserWorkItem(_ => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); var t = Task.Run(() => done.SetResult(Compute(1))); await t; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); await Task.Run(() => done.SetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.TrySetResult(Compute(1))); token.Register(() => done.TrySetCanceled()); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.TrySetResult(Compute(1))).ContinueWith(t => done.TrySetException(t.Exception!)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Other.Watch(done); Task.Run(() => done.TrySetResult(Compute(1))); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { Compute(1); Finish(done); Finish(done); }); return await done.Task;")]
    // Nobody waits for ever.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); await Task.WhenAny(done.Task, Task.Delay(100)); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return done.Task.Wait(100) ? 1 : 0;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => done.SetResult(Compute(1))); return await done.Task.WaitAsync(TimeSpan.FromSeconds(1));")]
    // The next round completes.
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { for (var i = 0; i < 10; i++) { Thread.Sleep(1); if (i == n) done.TrySetResult(1); } }); return await done.Task;")]
    // One of two, or asked before.
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => done.SetResult(1); Failed += (_, _) => done.SetException(new IOException()); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Begin(x => done.SetResult(x), e => done.SetException(e)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(99).ContinueWith(_ => done.TrySetResult(0)); WorkAsync().ContinueWith(t => done.TrySetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(99).ContinueWith(_ => done.TrySetResult(0)); WorkAsync().ContinueWith(t => { if (!done.Task.IsCompleted) done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); if (n > 1) Task.Delay(99).ContinueWith(_ => done.SetResult(0)); else WorkAsync().ContinueWith(t => done.SetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(99).ContinueWith(_ => done.SetResult(0)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { if (!done.Task.IsCompleted) done.SetResult(1); }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => { try { done.SetResult(1); } catch (InvalidOperationException) { } }; return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => done.SetResult(1); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); if (n > 1) token.Register(() => done.SetCanceled()); else Changed += (_, _) => done.SetResult(1); return await done.Task;")]
    [InlineData("var a = new TaskCompletionSource<int>(); var b = new TaskCompletionSource<int>(); token.Register(() => a.SetCanceled()); Changed += (_, _) => b.SetResult(1); return await b.Task;")]
    public Task Innocent(string code) => In(code);

    /// <summary>Handlers that see to every exception, or to the one that is thrown, and ways that complete it first.</summary>
    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } } catch (Exception e) { done.TrySetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { if (n > 1) throw new InvalidOperationException(); done.SetResult(1); } catch (InvalidOperationException e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(1); } catch (IOException e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } catch (FormatException e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (SystemException e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } finally { done.TrySetResult(0); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (Exception e) when (e is IOException or FormatException) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { if (n > 1) { done.SetResult(0); return; } done.SetResult(Compute(1)); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { var x = 0; try { if (n > 1) return; x = Compute(1); } finally { done.SetResult(x); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { try { Func<int> f = () => { return 1; }; done.SetResult(f()); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); new Thread(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } }).Start(); return await done.Task;")]
    public Task Silent_on_handlers_that_complete_it(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); _ = Task.Run(async () => { try { await WorkAsync(); done.SetResult(); } catch (OperationCanceledException) { done.SetCanceled(); } }); await done.Task; return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { done.SetResult(Compute(1)); } catch (IOException e) { done.SetException(e); } catch (Exception e) { Console.WriteLine(e); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { if (n > 1) throw new InvalidOperationException(); done.SetResult(1); } catch (IOException e) { done.SetException(e); } }); return await done.Task;")]
    public Task A_narrow_handler(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { if (n > 1) return; done.SetResult(Compute(1)); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { var x = Compute(1); if (x > n) done.SetResult(x); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); ThreadPool.QueueUserWorkItem(_ => { try { if (token.IsCancellationRequested) return; Compute(1); done.SetResult(); } catch (Exception e) { done.SetException(e); } }); await done.Task; return 1;")]
    public Task A_way_out_of_the_try(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => { if (t.IsFaulted) done.SetException(t.Exception!); else done.SetResult(t.Result); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => { try { done.SetResult(t.Result); } catch (Exception e) { done.SetException(e); } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(9).ContinueWith(_ => done.SetResult(1)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Delay(9).ContinueWith(t => { t.Wait(); done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); var t1 = Task.Run(() => Compute(1)); t1.ContinueWith(t => done.SetResult(t.Result), TaskContinuationOptions.OnlyOnRanToCompletion); t1.ContinueWith(t => done.SetException(t.Exception!), TaskContinuationOptions.OnlyOnFaulted); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); await Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(t.Result)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(t.Status == TaskStatus.RanToCompletion ? t.Result : 0)); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => done.TrySetResult(t.Result)); token.Register(() => done.TrySetCanceled()); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => Compute(1)).ContinueWith(t => Other.Watch(done)); return await done.Task;")]
    public Task Silent_on_continuations_that_see_to_failure(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(t.Result)); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => Compute(1)).ContinueWith(t => { var x = t.GetAwaiter().GetResult(); done.SetResult(x); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => Compute(1)).ContinueWith(_ => done.SetResult(1), TaskContinuationOptions.OnlyOnRanToCompletion); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); WorkAsync().ContinueWith(_ => { Compute(1); done.SetResult(); }); await done.Task; return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => Compute(1)).ContinueWith(t => done.SetResult(t.Result), TaskScheduler.Default); return done.Task.Result;")]
    public Task A_continuation_that_does_not(string code) => In(code);

    /// <summary>The event may come again.</summary>
    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); Changed += (_, _) => { if (n > 1) done.SetResult(1); }; return await done.Task;")]
    public Task Misses(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); Task.Run(() => { try { done.SetResult(int.Parse(n + \"x\")); } catch (FormatException) { Console.WriteLine(); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<DateTime>|}(); Task.Run(() => done.SetResult(DateTime.ParseExact(\"x\", \"y\", null))); return (await done.Task).Day;")]
    public Task A_text_that_may_be_no_number(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); Task.Run(() => { int.TryParse(\"x\", out var x); done.SetResult(x); }); return await done.Task;")]
    public Task Silent_on_a_text_that_is_tried(string code) => In(code);

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); Task.Run(() => Compute(n)); await done.Task.ConfigureAwait(false); return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); Task.Run(() => done.Task.Wait()); return 1;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource|}(); var all = new Task[n]; for (var i = 0; i < n; i++) all[i] = UntilAsync(done.Task); return all.Length;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); return done.Task.Result;")]
    public Task A_source_that_nothing_completes(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource(); var all = new Task[n]; for (var i = 0; i < n; i++) all[i] = UntilAsync(done.Task); done.SetResult(); return all.Length;")]
    [InlineData("var never = new TaskCompletionSource(); await Task.WhenAny(WorkAsync(), never.Task); return 1;")]
    [InlineData("var never = new TaskCompletionSource<int>(); Other.Watch(never.Task); return 1;")]
    [InlineData("var done = new TaskCompletionSource<int>(); Other.Watch(done); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource(); token.Register(() => done.TrySetCanceled()); await done.Task; return 1;")]
    [InlineData("var done = new TaskCompletionSource(); await done.Task.WaitAsync(token); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); done.Task.Wait(n); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); Console.WriteLine(done.Task.IsCompleted); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); await EitherAsync(done.Task); return 1;")]
    [InlineData("var done = new TaskCompletionSource(); Changed += (_, _) => done.TrySetResult(); await done.Task; return 1;")]
    [InlineData("var done = _done; return await done.Task;")]
    public Task A_source_that_may_be_completed_or_raced(string code) => In(code);

    /// <summary>A source that a field keeps: of the object, or of its base.</summary>
    [Theory]
    // The work that should complete it fails, or nothing completes it.
    [InlineData("private readonly TaskCompletionSource<int> _s = {|TW4010:new|}(); public void Start() => Task.Run(() => _s.SetResult(Read())); public Task<int> WaitAsync() => _s.Task;")]
    [InlineData("private readonly TaskCompletionSource<int> _s = {|TW4010:new TaskCompletionSource<int>|}(); public void Start() { Task.Run(() => { var x = Read(); _s.TrySetResult(x); }); } public async Task<int> WaitAsync() => await _s.Task.ConfigureAwait(false);")]
    [InlineData("private readonly TaskCompletionSource<int> _s = {|TW4010:new|}(); public void Start() => Task.Run(Run); private void Run() { var x = Read(); _s.SetResult(x); } public int Wait() => _s.Task.Result;")]
    [InlineData("private readonly TaskCompletionSource _s; public C() { _s = {|TW4010:new TaskCompletionSource|}(); ThreadPool.QueueUserWorkItem(_ => { if (Ready()) _s.SetResult(); }); } public void Wait() => _s.Task.Wait();")]
    [InlineData("private readonly TaskCompletionSource _s = {|TW4010:new|}(); public async Task WaitAsync() { await _s.Task; }")]
    // A result beside a clock.
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) => _s.{|TW4010:SetResult(x)|};")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private readonly Timer _t; public C() => _t = new Timer(OnTime, null, 1000, -1); private void OnTime(object? o) => _s.TrySetException(new TimeoutException()); public Task<int> Result => _s.Task; public void OnReply(int x) { if (x > 0) _s.{|TW4010:SetResult(x)|}; else _s.{|TW4010:SetException(new IOException())|}; }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private readonly Timer _t; public C() => _t = new Timer(_ => _s.{|TW4010:SetException(new TimeoutException())|}, null, 1000, -1); public Task<int> Result => _s.Task; public void OnReply(int x) => _s.TrySetResult(x);")]
    [InlineData("private TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(Cancel); private void Cancel() => _s.TrySetCanceled(); public Task<int> Result => _s.Task; internal void OnReply(int x) { Console.WriteLine(x); _s.{|TW4010:SetResult(x)|}; }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t, Source source) { t.Register(() => _s.TrySetCanceled()); source.Changed += OnChanged; } private void OnChanged(object? sender, EventArgs e) => _s.{|TW4010:SetResult(1)|}; public Task<int> Result => _s.Task;")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private readonly System.Timers.Timer _t = new(1000); public C() { _t.Elapsed += (_, _) => _s.TrySetCanceled(); _t.Start(); } public Task<int> Result => _s.Task; public void OnReply(int x) => _s.{|TW4010:SetResult(x)|};")]
    public Task A_source_of_a_field(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public void Start() => Task.Run(() => { try { _s.SetResult(Read()); } catch (Exception e) { _s.SetException(e); } }); public Task<int> WaitAsync() => _s.Task;")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public void Start() => Task.Run(() => _s.SetResult(1)); public Task<int> WaitAsync() => _s.Task;")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public void Start() => Task.Run(() => _s.TrySetResult(Read())); public Task<int> WaitAsync() => _s.Task; public void Stop() => _s.TrySetCanceled();")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public void Start() => Task.Run(() => _s.SetResult(Read())); public void Tell() => Console.WriteLine(_s.Task.IsCompleted);")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public void Start() => new Thread(() => _s.SetResult(Read())).Start(); public Task<int> WaitAsync() => _s.Task;")]
    [InlineData("internal readonly TaskCompletionSource<int> Source = new(); public void Start() => Task.Run(() => Source.SetResult(Read())); public Task<int> WaitAsync() => Source.Task;")]
    [InlineData("private readonly TaskCompletionSource<int> _s; public C(TaskCompletionSource<int> s) => _s = s; public void Start() => Task.Run(() => _s.SetResult(Read())); public Task<int> WaitAsync() => _s.Task;")]
    [InlineData("private readonly TaskCompletionSource _s = new(); public void Stop() => _s.TrySetResult(); public async Task WaitAsync() { await _s.Task; }")]
    [InlineData("private readonly TaskCompletionSource _s = new(); public async Task WaitAsync() { await Task.WhenAny(_s.Task, Task.Delay(9)); }")]
    [InlineData("private readonly TaskCompletionSource _s = new(); public void Give(Action<TaskCompletionSource> to) => to(_s); public async Task WaitAsync() { await _s.Task; }")]
    // Tried, asked before, under a lock, caught, or no clock.
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) => _s.TrySetResult(x);")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) { if (!_s.Task.IsCompleted) _s.SetResult(x); }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) { if (_s.Task.IsCanceled) return; _s.SetResult(x); }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private int _done; public C(CancellationToken t) => t.Register(() => { if (Interlocked.Exchange(ref _done, 1) == 0) _s.SetCanceled(); }); public Task<int> Result => _s.Task; public void OnReply(int x) { if (Interlocked.Exchange(ref _done, 1) == 0) _s.SetResult(x); }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) { try { _s.SetResult(x); } catch (InvalidOperationException) { } }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private bool _over; public C(CancellationToken t) => t.Register(() => { lock (this) { if (!_over) { _over = true; _s.SetCanceled(); } } }); public Task<int> Result => _s.Task; public void OnReply(int x) { lock (this) { if (!_over) { _over = true; _s.SetResult(x); } } }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); private readonly CancellationTokenRegistration _r; public C(CancellationToken t) => _r = t.Register(() => _s.TrySetCanceled()); public Task<int> Result => _s.Task; public void OnReply(int x) { if (_r.Unregister()) _s.SetResult(x); }")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public Task<int> Result => _s.Task; public void OnReply(int x) => _s.SetResult(x); public void OnFailure(Exception e) => _s.SetException(e);")]
    [InlineData("private TaskCompletionSource<int> _s = new(); public C(CancellationToken t) => t.Register(() => _s.TrySetCanceled()); public Task<int> Next() { _s = new(); return _s.Task; } public void OnReply(int x) => _s.SetResult(x);")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(), _u = new(); public C(CancellationToken t) => t.Register(() => _u.TrySetCanceled()); public Task<int> Result => _s.Task; public Task<int> Other => _u.Task; public void OnReply(int x) => _s.SetResult(x);")]
    [InlineData("private readonly TaskCompletionSource<int> _s = new(); public C(CancellationToken t) { t.Register(() => _s.TrySetCanceled()); } public Task<int> Result => _s.Task; private void Once(int x) => _s.SetResult(x); public void Both(int x) { if (Ready()) Once(x); }")]
    public Task A_source_of_a_field_that_is_completed_once(string members) => OfType(members);

    [Fact]
    public Task A_source_of_the_base_type() => Verify.Rule("TW4010", """
        abstract class Continuation<T>
        {
            protected readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            private readonly CancellationTokenSource _timeout;
            protected Continuation(TimeSpan timeout)
            {
                _timeout = new CancellationTokenSource(timeout);
                _timeout.Token.Register(() => { if (_source.TrySetException(new TimeoutException())) Console.WriteLine(); });
            }
            public Task<T> Task => _source.Task;
            public abstract void Handle(int command);
        }
        sealed class Simple(TimeSpan timeout) : Continuation<bool>(timeout)
        {
            public override void Handle(int command)
            {
                if (command == 3) _source.{|TW4010:SetResult(true)|};
                else _source.{|TW4010:SetException(new InvalidOperationException())|};
            }
        }
        sealed class Tried(TimeSpan timeout) : Continuation<bool>(timeout)
        {
            public override void Handle(int command) => _source.TrySetResult(command == 3);
        }
        """);

    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); var won = 0; using var timer = new Timer(_ => { if (Interlocked.Exchange(ref won, 1) == 1) return; done.SetResult(-1); }, null, 9, -1); Task.Run(() => { var v = n; if (Interlocked.Exchange(ref won, 1) == 1) return; done.SetResult(v); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); var gate = new object(); var ended = false; token.Register(() => { lock (gate) { if (ended) return; ended = true; } done.SetCanceled(); }); Task.Run(() => { lock (gate) { if (ended) return; ended = true; } done.SetResult(n); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); CancellationTokenRegistration watch = default; watch = token.Register(() => done.TrySetCanceled()); Task.Run(() => { if (!watch.Unregister()) return; done.SetResult(n); }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); var gate = new object(); var ended = false; bool Claim() { lock (gate) { if (ended) return false; ended = true; return true; } } token.Register(() => { if (!Claim()) return; done.SetCanceled(); }); Task.Run(() => { if (!Claim()) return; done.SetResult(n); }); return await done.Task;")]
    public Task Silent_where_the_one_that_comes_late_returns(string code) => In(code);

    [Theory]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, e) => { if (e is null) return; done.{|TW4010:SetResult(n)|}; }; return await done.Task;")]
    public Task A_return_that_has_nothing_to_do_with_the_other(string code) => In(code);

    [Fact]
    public Task A_timeout_that_is_given_the_source_as_its_state() => Verify.Rule("TW4010", """
        abstract class Continuation<T>
        {
            private readonly CancellationTokenSource _timeout;
            private readonly CancellationTokenRegistration _registration;
            protected readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            protected Continuation(TimeSpan timeout)
            {
                _timeout = new CancellationTokenSource(timeout);
                _registration = _timeout.Token.Register(callback: OnTimeout, state: _source, useSynchronizationContext: false);
            }
            public Task<T> Task => _source.Task;
            protected abstract Task HandleAsync(int command);
            private void OnTimeout(object? state)
            {
                var source = (TaskCompletionSource<T>)state!;
                if (source.TrySetCanceled()) Console.WriteLine();
            }
        }
        sealed class Simple(int expected, TimeSpan timeout) : Continuation<bool>(timeout)
        {
            private readonly int _expected = expected;
            protected override Task HandleAsync(int command)
            {
                if (command == _expected) _source.{|TW4010:SetResult(true)|};
                return System.Threading.Tasks.Task.CompletedTask;
            }
        }
        sealed class Tried(TimeSpan timeout) : Continuation<bool>(timeout)
        {
            protected override Task HandleAsync(int command)
            {
                _source.TrySetResult(command == 3);
                return System.Threading.Tasks.Task.CompletedTask;
            }
        }
        """);

    [Theory]
    [InlineData("private readonly TaskCompletionSource<int> _done = new(), _other = new(); public C(CancellationToken token) => token.Register(End, _other); private static void End(object? state) => ((TaskCompletionSource<int>)state!).TrySetCanceled(); public void Set(int n) => _done.SetResult(n);")]
    [InlineData("private readonly TaskCompletionSource<int> _done = new(); public C(CancellationToken token) => token.Register(End, _done); private static void End(object? state) => Console.WriteLine(((TaskCompletionSource<int>)state!).Task.Status); public void Set(int n) => _done.SetResult(n);")]
    [InlineData("private readonly TaskCompletionSource<int> _done = new(); public C() => Later(End, _done); private static void Later(Action<object?> act, object state) => act(state); private static void End(object? state) => ((TaskCompletionSource<int>)state!).TrySetCanceled(); public void Set(int n) => _done.SetResult(n);")]
    [InlineData("private readonly TaskCompletionSource<int> _done = new(); private bool _ended; public C(CancellationToken token) => token.Register(End, _done); private static void End(object? state) => ((TaskCompletionSource<int>)state!).TrySetCanceled(); public void Set(int n) { if (_ended) return; _ended = true; _done.SetResult(n); }")]
    public Task Silent_on_a_state_that_is_another_or_only_looked_at(string members) => OfType(members);

    private static Task OfType(string members) => Verify.Rule("TW4010", $$"""
        class Source { public event EventHandler? Changed; public void Raise() => Changed?.Invoke(this, EventArgs.Empty); }
        class C
        {
            {{members}}
            static int Read() => int.Parse(File.ReadAllText("x"));
            static bool Ready() => Environment.TickCount > 5;
        }
        """);

    private static Task In(string code) => Verify.Rule("TW4010", $$"""
        static class Other
        {
            private static object? s_kept;
            public static void Watch(object source) => s_kept = source;
        }
        class C
        {
            private readonly TaskCompletionSource<int> _done = new();
            private event EventHandler? Changed, Failed;
            async Task<int> M(int n, CancellationToken token)
            {
                await Task.Yield();
                {{code}}
            }
            static int Compute(int i) => int.Parse(File.ReadAllText(i.ToString()));
            static async Task UntilAsync(Task end) => await end;
            static async Task EitherAsync(Task end) { await Task.WhenAny(end, Task.Delay(9)); }
            static async Task WorkAsync() { await File.WriteAllTextAsync("x", "y"); }
            static void Finish(TaskCompletionSource<int> source) => source.TrySetResult(1);
            static void Begin(Action<int> done, Action<Exception> failed) => done(1);
        }
        """);

    /// <summary>Thirty calls in each of six members, one inside the other: the ways up from the completion are many, and the search gives up.</summary>
    [Fact]
    public Task Callers_that_multiply_end() => Verify.Rule("TW4010", $$"""
        class C
        {
            private readonly TaskCompletionSource<int> _result = new();
            public Task<int> Result => _result.Task;
            public void Begin() => Task.Run(F0);
            {{string.Join("\n    ", Enumerable.Range(0, 6).Select(i => $"private void F{i}() {{ {string.Concat(Enumerable.Repeat($"F{i + 1}(); ", 30))}}}"))}}
            private void F6() => _result.SetResult(1);
        }
        """);
}
