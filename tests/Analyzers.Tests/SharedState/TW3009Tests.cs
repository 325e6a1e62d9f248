using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3009Tests
{
    [Theory]
    [InlineData("void M(int[] xs) { var random = new Random(); Parallel.For(0, xs.Length, i => xs[i] = {|TW3009:random|}.Next()); }")]
    [InlineData("void M(int[] xs) { var random = new Random(42); Parallel.For(0, xs.Length, i => { xs[i] = {|TW3009:random|}.Next(10); }); }")]
    [InlineData("readonly Random _random = new(); void M(int[] xs) => Parallel.ForEach(xs, x => Console.WriteLine({|TW3009:_random|}.NextDouble()));")]
    [InlineData("static readonly Random s_random = new Random(); void M() { for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => Roll()); } private static int Roll() => {|TW3009:s_random|}.Next(6);")]
    [InlineData("void M() { var random = new Random(); var a = new Thread(() => {|TW3009:random|}.Next()); var b = new Thread(() => random.Next()); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("void M(byte[][] xs) { using var sha = SHA256.Create(); Parallel.ForEach(xs, x => Console.WriteLine({|TW3009:sha|}.ComputeHash(x).Length)); }")]
    [InlineData("readonly MD5 _md5 = MD5.Create(); async Task M(byte[][] xs) { await Task.WhenAll(xs.Select(x => Task.Run(() => Hash(x)))); } private byte[] Hash(byte[] x) => {|TW3009:_md5|}.ComputeHash(x);")]
    [InlineData("void M(string[] xs) { using var file = new StreamWriter(\"a\"); Parallel.ForEach(xs, x => {|TW3009:file|}.WriteLine(x)); }")]
    [InlineData("void M(string[] xs) { using var file = new StreamWriter(\"a\"); var ts = new List<Task>(); foreach (var x in xs) ts.Add(Task.Run(() => {|TW3009:file|}.Write(x))); Task.WaitAll(ts.ToArray()); }")]
    [InlineData("Random _r; public C() { _r = new Random(); } void M(int[] xs) => Parallel.ForEach(xs, x => {|TW3009:_r|}.Next(x));")]
    [InlineData("int[] M(int[] xs) { var r = new Random(); return xs.AsParallel().Select(x => {|TW3009:r|}.Next(x)).ToArray(); }")]
    [InlineData("void M() { var r = new Random(); var t = Task.Run(() => r.Next()); Console.WriteLine({|TW3009:r|}.Next()); t.Wait(); }")]
    public Task Objects_for_one_thread_are_reported(string code) => Verify.Rule("TW3009", In(code));

    [Theory]
    [InlineData("void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = Random.Shared.Next());")]
    [InlineData("void M(int[] xs) { var random = Random.Shared; Parallel.For(0, xs.Length, i => xs[i] = random.Next()); }")]
    [InlineData("void M(int[] xs) { var random = new Random(); Parallel.For(0, xs.Length, i => { lock (random) xs[i] = random.Next(); }); }")]
    [InlineData("readonly object _gate = new(); readonly Random _r = new(); void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = Roll()); private int Roll() { lock (_gate) return _r.Next(); }")]
    [InlineData("void M(int[] xs) => Parallel.For(0, xs.Length, i => { var random = new Random(i); xs[i] = random.Next(); });")]
    [InlineData("void M(int[] xs) { using var r = new ThreadLocal<Random>(() => new Random()); Parallel.For(0, xs.Length, i => xs[i] = r.Value!.Next()); }")]
    [InlineData("[ThreadStatic] static Random? t_r; void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = (t_r ??= new Random()).Next());")]
    [InlineData("void M(int[] xs) => Parallel.For(0, xs.Length, () => new Random(), (i, s, r) => { xs[i] = r.Next(); return r; }, r => { });")]
    [InlineData("void M(int[] xs, Random random) => Parallel.For(0, xs.Length, i => xs[i] = random.Next());")]
    [InlineData("readonly Random _r; public C(Random r) => _r = r; void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = _r.Next());")]
    [InlineData("sealed class Safe : Random { public override int Next() { lock (this) return base.Next(); } } void M(int[] xs) { Random r = new Safe(); Parallel.For(0, xs.Length, i => xs[i] = r.Next()); }")]
    [InlineData("void M(int[] xs) { var r = new Random(); for (var i = 0; i < xs.Length; i++) xs[i] = r.Next(); }")]
    [InlineData("void M(int[] xs) { var r = new Random(); foreach (var x in xs) { var t = Task.Run(() => r.Next()); t.Wait(); } }")]
    [InlineData("async Task M(int[] xs) { var r = new Random(); foreach (var x in xs) await Task.Run(() => r.Next()); }")]
    [InlineData("void M() { var r = new Random(); var t = Task.Run(() => r.Next()); t.Wait(); r.Next(); }")]
    [InlineData("void M(byte[][] xs) => Parallel.ForEach(xs, x => Console.WriteLine(SHA256.HashData(x).Length));")]
    [InlineData("void M(byte[][] xs) => Parallel.ForEach(xs, x => { using var sha = SHA256.Create(); Console.WriteLine(sha.ComputeHash(x).Length); });")]
    [InlineData("void M(string[] xs) { using var file = TextWriter.Synchronized(new StreamWriter(\"a\")); Parallel.ForEach(xs, x => file.WriteLine(x)); }")]
    [InlineData("void M(string[] xs) { var file = new StreamWriter(\"a\"); Parallel.ForEach(xs, x => { lock (file) file.WriteLine(x); }); }")]
    [InlineData("void M(string[] xs) => Parallel.ForEach(xs, x => { using var file = new StreamWriter(x); file.WriteLine(x); });")]
    [InlineData("void M(string[] xs) { var regex = new System.Text.RegularExpressions.Regex(\"a\"); Parallel.ForEach(xs, x => Console.WriteLine(regex.IsMatch(x))); }")]
    [InlineData("void M(string[] xs) { using var http = new System.Net.Http.HttpClient(); Parallel.ForEach(xs, x => Console.WriteLine(http.GetStringAsync(x).Result)); }")]
    [InlineData("void M(int[] xs) { var r = new Random(); Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 1 }, x => r.Next()); }")]
    [InlineData("void M(StreamWriter[] files) => Parallel.For(0, files.Length, i => files[i].Write(i));")]
    [InlineData("readonly SemaphoreSlim _one = new(1, 1); readonly Random _r = new(); async Task M(int[] xs) => await Parallel.ForEachAsync(xs, async (x, ct) => { await _one.WaitAsync(ct); try { _r.Next(x); } finally { _one.Release(); } });")]
    public Task What_is_made_for_threads_or_not_shared_is_left_alone(string code) => Verify.Rule("TW3009", In(code));

    private static string In(string code) => $$"""
        using System.IO;
        using System.Security.Cryptography;
        class C
        {
            {{code}}
        }
        """;
}
