using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2012Tests
{
    private const string Fields = """
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly List<int> _items = [];
            private int _value;
            private int Auto { get; set; }
            private static void Work() => File.Delete("x");
            private static Task WorkAsync() => Task.Delay(1);
        """;

    private static Task Check(string members) => Verify.Rule("TW2012", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; Work(); Monitor.Exit(_sync); }")]
    [InlineData("async Task M() { await _gate.{|TW2012:WaitAsync()|}; await WorkAsync(); _gate.Release(); }")]
    [InlineData("async Task M(CancellationToken ct) { await _gate.{|TW2012:WaitAsync(ct)|}.ConfigureAwait(false); Work(); _gate.Release(); }")]
    [InlineData("void M(int n) { _rw.{|TW2012:EnterWriteLock()|}; _items.Add(n); _rw.ExitWriteLock(); }")]
    [InlineData("int M(int n) { _rw.{|TW2012:EnterReadLock()|}; var i = _items.IndexOf(n); _rw.ExitReadLock(); return i; }")]
    [InlineData("void M() { if (!Monitor.{|TW2012:TryEnter(_sync, 10)|}) return; Work(); Monitor.Exit(_sync); }")]
    [InlineData("void M() { if (_gate.{|TW2012:Wait(0)|}) { Work(); _gate.Release(); } }")]
    [InlineData("void M(Action act) { Monitor.{|TW2012:Enter(_sync)|}; act(); Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); } catch (IOException) { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; var s = new FileStream(\"x\", FileMode.Open); Monitor.Exit(_sync); }")]
    [InlineData("void M() { {|TW2012:In()|}; Work(); Out(); } void In() => Monitor.Enter(_sync); void Out() => Monitor.Exit(_sync);")]
    [InlineData("void M(Mutex mutex) { try { mutex.{|TW2012:WaitOne()|}; } catch (AbandonedMutexException) { } Work(); mutex.ReleaseMutex(); }")]
    [InlineData("void M(string id) { using var mutex = new Mutex(false, id); try { mutex.{|TW2012:WaitOne()|}; } catch (AbandonedMutexException) { Console.WriteLine(id); } Work(); mutex.ReleaseMutex(); }")]
    [InlineData("C() { Monitor.{|TW2012:Enter(_sync)|}; Work(); Monitor.Exit(_sync); }")]
    [InlineData("void M() { _gate.{|TW2012:Wait(-1)|}; Work(); _gate.Release(); }")]
    [InlineData("void M(Mutex mutex) { mutex.{|TW2012:WaitOne()|}; Work(); mutex.ReleaseMutex(); }")]
    [InlineData("void M() { for (int i = 0; i < 3; i++) { Monitor.{|TW2012:Enter(_sync)|}; Work(); Monitor.Exit(_sync); } }")]
    [InlineData("public int M() { Monitor.{|TW2012:Enter(this)|}; Work(); var read = _value; Monitor.Exit(this); return read; }")]
    [InlineData("public int M(object sync) { Monitor.{|TW2012:Enter(sync)|}; Work(); var read = _value; Monitor.Exit(sync); return read; }")]
    public Task A_call_that_may_throw(string member) => Check(member);

    [Theory]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } finally { Work(); Monitor.Exit(_sync); } }")]
    [InlineData("async Task M(IDisposable k) { await _gate.WaitAsync(); try { await WorkAsync(); } finally { k.Dispose(); _gate.Release(); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _value++; Monitor.Exit(_sync); } catch { Work(); Monitor.Exit(_sync); throw; } }")]
    [InlineData("void M() { Monitor.Enter(_sync); Auto = _value; Interlocked.Increment(ref _value); Volatile.Write(ref _value, 1); Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch { Monitor.Exit(_sync); throw; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { bool taken = false; try { Monitor.Enter(_sync, ref taken); Work(); } finally { if (taken) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { lock (_sync) { Work(); } }")]
    [InlineData("void M() { _gate.Wait(100); Work(); _gate.Release(); }")]
    [InlineData("void M() { var taken = Monitor.TryEnter(_sync, 100); Work(); Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); var copy = _value; Monitor.Exit(_sync); Work(); }")]
    [InlineData("void M() { Work(); Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } finally { Leave(); } } void Leave() => Monitor.Exit(_sync);")]
    [InlineData("void Begin() { Monitor.Enter(_sync); Work(); } void End() { Work(); Monitor.Exit(_sync); }")]
    [InlineData("void M() { try { Monitor.Enter(_sync); Work(); } finally { if (Monitor.IsEntered(_sync)) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { try { Work(); } finally { _value++; } } finally { Monitor.Exit(_sync); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); _value++; _gate.Release(); await WorkAsync(); }")]
    [InlineData("void M() { lock (_sync) { Monitor.Exit(_sync); Work(); Monitor.Enter(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); _value = nameof(M).Length; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); Action a = Work; Monitor.Exit(_sync); a(); }")]
    [InlineData("void M() { Monitor.Enter(_sync); Func<int> f = () => int.Parse(\"x\"); Monitor.Exit(_sync); f(); }")]
    [InlineData("async Task M(Task t) { await _gate.WaitAsync(); _ = t.ContinueWith(_ => _gate.Release()); }")]
    [InlineData("void M() { Monitor.Enter(_sync); if (_value > 3) { Monitor.Exit(_sync); Work(); return; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { using var s = File.OpenRead(\"x\"); Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { try { Work(); } catch { } Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); object o = _value; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch (Exception e) when (Log(e)) { throw; } finally { Monitor.Exit(_sync); } } static bool Log(Exception e) => false;")]
    [InlineData("void M(int n) { Monitor.Enter(_sync); _value = n * 2 + Math.Sign(n) - n; Monitor.Exit(_sync); }")]
    [InlineData("void M(Mutex mutex) { try { mutex.WaitOne(); } catch (AbandonedMutexException) { } try { Work(); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("void M(Mutex mutex) { try { mutex.WaitOne(); } catch (Exception) { return; } try { Work(); } finally { mutex.ReleaseMutex(); } }")]
    public Task Innocent(string member) => Check(member);

    /// <summary>The function goes on, or ends, with the lock still held.</summary>
    [Theory]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); } catch { } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); } catch (IOException e) { Console.WriteLine(e); } }")]
    [InlineData("bool M() { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); return true; } catch (Exception) { return false; } }")]
    [InlineData("async Task M() { await _gate.{|TW2012:WaitAsync()|}; try { await WorkAsync(); _gate.Release(); } catch (Exception) { _value--; } }")]
    [InlineData("void M() { while (true) { Monitor.{|TW2012:Enter(_sync)|}; try { Work(); Monitor.Exit(_sync); return; } catch { _value++; } } }")]
    [InlineData("void M(int[] all) { foreach (var i in all) { _rw.{|TW2012:EnterWriteLock()|}; try { _items.Add(i); _rw.ExitWriteLock(); } catch { continue; } } }")]
    [InlineData("void M() { try { Monitor.{|TW2012:Enter(_sync)|}; Work(); Monitor.Exit(_sync); } catch { _value--; } }")]
    [InlineData("void M(object sync) { Monitor.{|TW2012:Enter(sync)|}; try { Work(); Monitor.Exit(sync); } catch { _value--; } }")]
    [InlineData("void M() { if (!_gate.{|TW2012:Wait(0)|}) return; try { Work(); _gate.Release(); } catch { } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(_sync)|}; var failed = false; try { Work(); } catch { failed = true; } if (!failed) Monitor.Exit(_sync); }")]
    public Task A_handler_that_takes_the_exception_and_leaves_the_lock(string member) => Check(member);

    /// <summary>The handler releases, comes to the release, leaves it to somebody who is told, or does not come back.</summary>
    [Theory]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch { _value--; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); Monitor.Exit(_sync); } catch { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); Monitor.Exit(_sync); } catch { if (Monitor.IsEntered(_sync)) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); var failed = false; try { Work(); } catch { failed = true; } if (failed) { Monitor.Exit(_sync); return; } _value++; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { try { Work(); } catch { _value--; } } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch { Environment.FailFast(\"x\"); } Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _value++; Monitor.Exit(_sync); Work(); } catch { } }")]
    [InlineData("void M() { try { Work(); Monitor.Enter(_sync); _value++; Monitor.Exit(_sync); } catch { } }")]
    [InlineData("public bool M(object sync) { Monitor.Enter(sync); try { Work(); Monitor.Exit(sync); return true; } catch { return false; } }")]
    [InlineData("public void M(object sync) { Monitor.Enter(sync); var kept = false; try { Work(); } catch { kept = true; } if (!kept) Monitor.Exit(sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); Monitor.Exit(_sync); } catch { Leave(); } } void Leave() => Monitor.Exit(_sync);")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); Monitor.Exit(_sync); } catch { _value--; } } void Reset() { if (_value < 0) Monitor.Exit(_sync); }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await WorkAsync(); } catch (Exception) { _value--; } finally { _gate.Release(); } }")]
    [InlineData("void M() { var taken = false; try { Monitor.Enter(_sync, ref taken); Work(); } catch { _value--; } if (taken) Monitor.Exit(_sync); }")]
    [InlineData("void M() { var done = false; while (!done) { Monitor.Enter(_sync); try { Work(); done = true; } catch { _value--; } Monitor.Exit(_sync); } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch { goto end; } _value++; end: Monitor.Exit(_sync); }")]
    public Task A_handler_that_knows_of_the_lock(string member) => Check(member);

    /// <summary>Named is the call whose exception leaves, not one that a handler releases behind.</summary>
    [Fact]
    public async Task Names_the_call_behind_which_nothing_releases() => Assert.Equal(
        "'_sync' stays held when line 4 throws: its release does not stand in a finally",
        Assert.Single(await Analysis.Of("""
            class C { private readonly object _sync = new(); private int _value; static void Work() => File.Delete("x");
            void M() { Monitor.Enter(_sync);
                try { Work(); } catch { Monitor.Exit(_sync); return; }
                try { Work(); Monitor.Exit(_sync); } catch { _value++; } } }
            """).ReportsAsync(), static report => report.Id == "TW2012").GetMessage());

    /// <summary>The way out that is written is the certain half; one report.</summary>
    [Fact]
    public Task A_written_way_out_speaks_first() => Check("void M(int n) { Monitor.{|TW2001:Enter(_sync)|}; Work(); if (n > 3) return; Monitor.Exit(_sync); }");

    [Fact]
    public Task An_await_under_the_lock_speaks_first() => Check("async Task M(int n) { Monitor.Enter(_sync); {|TW2007:await|} WorkAsync(); Monitor.Exit(_sync); }");
}
