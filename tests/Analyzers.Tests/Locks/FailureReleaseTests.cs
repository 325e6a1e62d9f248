using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Releases that only an exception comes to: in a handler, which leaves the lock to who returns, and in a filter, which is asked before any handler runs.</summary>
public class FailureReleaseTests
{
    private const string Fields = """
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private int _value;
            private static int Work() => (int)new FileInfo("x").Length;
            private static Task<int> WorkAsync() => Task.FromResult(1);
        """;

    private static Task Check(string id, string members) => Verify.Rule(id, "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M() { Monitor.{|TW2002:Enter(_sync)|}; try { _value = Work(); } catch { Monitor.Exit(_sync); throw; } }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(_sync)|}; try { _value = Work(); } catch { Monitor.Exit(_sync); throw; } } void N() { lock (_sync) _value++; }")]
    [InlineData("int M() { Monitor.{|TW2002:Enter(_sync)|}; try { return Work(); } catch (IOException) { Monitor.Exit(_sync); return -1; } }")]
    [InlineData("async Task M() { await _gate.{|TW2002:WaitAsync()|}; try { _value = await WorkAsync(); } catch { _gate.Release(); throw; } }")]
    [InlineData("void M() { _rw.{|TW2002:EnterWriteLock()|}; try { _value = Work(); } catch (Exception e) when (e is not OutOfMemoryException) { _rw.ExitWriteLock(); throw; } }")]
    [InlineData("public void M() { Monitor.{|TW2002:Enter(_sync)|}; try { _value = Work(); } catch { Leave(); throw; } } void Leave() => Monitor.Exit(_sync);")]
    public Task A_handler_alone_releases(string members) => Check("TW2002", members);

    /// <summary>Who returns with the lock hands it on: a twin member, a caller, a continuation, a returned object gives it back.</summary>
    [Theory]
    [InlineData("void Open() { Monitor.Enter(_sync); try { _value = Work(); } catch { Monitor.Exit(_sync); throw; } } void Close() { _value = 0; Monitor.Exit(_sync); }")]
    [InlineData("void M() { Open(); try { _value++; } finally { Monitor.Exit(_sync); } } private void Open() { Monitor.Enter(_sync); try { _value = Work(); } catch { Monitor.Exit(_sync); throw; } }")]
    [InlineData("IDisposable Open() { _gate.Wait(); try { _value = Work(); return new Opened(this); } catch { _gate.Release(); throw; } } sealed class Opened(C c) : IDisposable { public void Dispose() => c._gate.Release(); }")]
    [InlineData("Action Open() { _gate.Wait(); try { _value = Work(); return () => _gate.Release(); } catch { _gate.Release(); throw; } }")]
    [InlineData("Task M() { _gate.Wait(); try { return WorkAsync().ContinueWith(t => { _value = t.Result; _gate.Release(); }); } catch { _gate.Release(); throw; } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _value = Work(); } catch { Monitor.Exit(_sync); throw; } Monitor.Exit(_sync); }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { _value = Work(); Monitor.Exit(_sync); } catch { Monitor.Exit(_sync); throw; } }")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Work(); } catch { Monitor.Exit(_sync); throw; } finally { _value++; } Monitor.Exit(_sync); }")]
    [InlineData("void Dispose() { _gate.Wait(); try { _value = Work(); } catch { _gate.Release(); throw; } }")]
    [InlineData("void M() { _gate.Wait(); try { _value = Work(); } catch { _gate.Release(); throw; } _gate.Dispose(); }")]
    [InlineData("void M() { _gate.Wait(); Work(); _gate.Dispose(); }")]
    [InlineData("static void Open(object sync) { Monitor.Enter(sync); try { Work(); } catch { Monitor.Exit(sync); throw; } }")]
    [InlineData("public readonly object Sync = new(); void Open() { Monitor.Enter(Sync); try { _value = Work(); } catch { Monitor.Exit(Sync); throw; } }")]
    public Task The_handler_takes_back_what_is_handed_on(string members) => Check("TW2002", members);

    /// <summary>A filter of all types is asked about each exception; what it answers decides who runs behind it.</summary>
    [Theory]
    [InlineData("TW2012", "void M() { Monitor.Enter(_sync); try { _value = Work(); } catch (Exception) when (Leave()) { throw; } Monitor.Exit(_sync); } bool Leave() { Monitor.Exit(_sync); return true; }")]
    [InlineData("TW2012", "void M() { Monitor.Enter(_sync); try { _value = Work(); } catch when (Leave()) { return; } Monitor.Exit(_sync); } bool Leave() { Monitor.Exit(_sync); return true; }")]
    [InlineData("TW2012", "void M() { _gate.Wait(); try { _value = Work(); } catch (Exception e) when (Leave(e)) { } _gate.Release(); } bool Leave(Exception e) { Console.WriteLine(e); _gate.Release(); return false; }")]
    [InlineData("TW2003", "void M() { _gate.Wait(); try { _value = Work(); } catch (Exception e) when (Leave(e)) { } _gate.Release(); } bool Leave(Exception e) { Console.WriteLine(e); _gate.Release(); return false; }")]
    [InlineData("TW2003", "void M() { var taken = false; try { Monitor.Enter(_sync, ref taken); _value = Work(); } catch (Exception) when (!taken) { return; } catch { Monitor.Exit(_sync); throw; } Monitor.Exit(_sync); }")]
    [InlineData("TW2012", "void M(CancellationToken ct) { bool entered = false; try { _gate.Wait(ct); entered = true; Work(); _gate.Release(); } catch (Exception) when (entered) { _gate.Release(); throw; } }")]
    [InlineData("TW2012", "void M() { Monitor.{|TW2012:Enter(_sync)|}; try { _value = Work(); } catch (Exception e) when (e.HResult == 3) { _value = 0; } Monitor.Exit(_sync); }")]
    [InlineData("TW2012", "void M() { Monitor.{|TW2012:Enter(_sync)|}; try { _value = Work(); } catch (IOException) when (Leave()) { throw; } Monitor.Exit(_sync); } bool Leave() { Monitor.Exit(_sync); return true; }")]
    [InlineData("TW2012", "void M() { try { Monitor.Enter(_sync); try { _value = Work(); } catch (Exception e) when (e.HResult == 3) { _value = 0; } } finally { Monitor.Exit(_sync); } }")]
    public Task A_filter_is_asked_first(string id, string members) => Check(id, members);

    /// <summary>Who calls passes the flag on and gives back by it.</summary>
    [Theory]
    [InlineData("int Find(bool keep) { _rw.EnterReadLock(); try { return Work(); } finally { if (!keep) _rw.ExitReadLock(); } } public void M(bool keep) { Find(keep); try { _value++; } finally { if (keep) _rw.ExitReadLock(); } } public void N() { Find(true); try { _value++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("async Task<int> FindAsync(bool release) { await _gate.WaitAsync(); try { return await WorkAsync(); } finally { if (release) _gate.Release(); } } public async Task M(bool r) { await FindAsync(r); _value++; if (!r) _gate.Release(); }")]
    [InlineData("bool Find() { var keep = Work() > 0; Monitor.Enter(_sync); _value++; if (!keep) Monitor.Exit(_sync); return keep; } public void M() { if (Find()) Monitor.Exit(_sync); }")]
    [InlineData("void Find(out bool keep) { keep = Work() > 0; Monitor.Enter(_sync); _value++; if (!keep) Monitor.Exit(_sync); } public void M() { Find(out var keep); if (keep) { Monitor.Exit(_sync); } }")]
    [InlineData("bool _keep; void Find() { Monitor.Enter(_sync); _value++; if (!_keep) Monitor.Exit(_sync); } public void M() { Find(); if (_keep) { Monitor.Exit(_sync); } }")]
    public async Task A_flag_tells_who_releases(string members)
    {
        await Check("TW2003", members);
        await Check("TW2001", members);
    }
}
