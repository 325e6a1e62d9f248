using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5006Tests
{
    [Fact]
    public Task A_mutex_is_taken_around_the_update() => Verify.Fix<TW5006TakeNamedMutex>("TW5006", In("""
        void Add(int by)
            {
                // Counts.
                var n = _view.ReadInt32(0);
                _view.{|TW5006:Write(0, n + by)|}; // Done.
            }
        """), Fixed("""
        void Add(int by)
            {
                // Counts.
                try
                {
                    s_mutex.WaitOne();
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }

                try
                {
                    var n = _view.ReadInt32(0);
                    _view.Write(0, n + by); // Done.
                }
                finally
                {
                    s_mutex.ReleaseMutex();
                }
            }
        """));

    [Fact]
    public Task Around_all_updates() => Verify.Fix<TW5006TakeNamedMutex>("TW5006", In("""
        void Add()
            {
                _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};
            }

            void Remove()
            {
                lock (_gate)
                {
                    _view.Write(0, _view.ReadInt32(0) - 1);
                }
            }
        """), Fixed("""
        void Add()
            {
                try
                {
                    s_mutex.WaitOne();
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }

                try
                {
                    _view.Write(0, _view.ReadInt32(0) + 1);
                }
                finally
                {
                    s_mutex.ReleaseMutex();
                }
            }

            void Remove()
            {
                lock (_gate)
                {
                    try
                    {
                        s_mutex.WaitOne();
                    }
                    catch (AbandonedMutexException)
                    {
                        // Its holder died. The mutex is held now as after any other wait.
                    }

                    try
                    {
                        _view.Write(0, _view.ReadInt32(0) - 1);
                    }
                    finally
                    {
                        s_mutex.ReleaseMutex();
                    }
                }
            }
        """));

    [Fact]
    public Task Of_the_machine() => Verify.Fix<TW5006TakeNamedMutex>("TW5006", In("""
        void Add()
            {
                _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};
            }
        """, "@\"Global\\shared\""), Fixed("""
        void Add()
            {
                try
                {
                    s_mutex.WaitOne();
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }

                try
                {
                    _view.Write(0, _view.ReadInt32(0) + 1);
                }
                finally
                {
                    s_mutex.ReleaseMutex();
                }
            }
        """, "@\"Global\\shared\"", "@\"Global\\shared-lock\""));

    [Theory]
    [InlineData("void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("void M() { _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M()\n    {\n        var n = _view.ReadInt32(0);\n        _view.{|TW5006:Write(0, n + 1)|};\n        Use(n);\n    }")]
    [InlineData("async Task M()\n    {\n        var n = _view.ReadInt32(0);\n        await Task.Yield();\n        _view.{|TW5006:Write(0, n + 1)|};\n    }")]
    [InlineData("void M()\n    {\n        var n = _view.ReadInt32(0);\n        if (n > 0)\n        {\n            _view.{|TW5006:Write(0, n + 1)|};\n        }\n    }")]
    [InlineData("void M()\n    {\n        if (_view.ReadInt32(0) < 9)\n            _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};\n    }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5006TakeNamedMutex>("TW5006", In(code));

    [Fact]
    public Task Nothing_is_offered_for_a_map_whose_name_is_not_constant() => Verify.NoFix<TW5006TakeNamedMutex>("TW5006", In("""
        void Add()
            {
                _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};
            }
        """, "Environment.MachineName"));

    private static string In(string code, string map = "\"shared\"") => Code("", code, map);

    private static string Fixed(string code, string map = "\"shared\"", string mutex = "\"shared-lock\"") => Code($"    private static readonly Mutex s_mutex = new Mutex(false, {mutex});\n", code, map);

    private static string Code(string field, string code, string map) => $$"""
        using System.IO.MemoryMappedFiles;
        class C
        {
        {{field}}    private readonly object _gate = new();
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateOrOpen({{map}}, 64).CreateViewAccessor();
            static void Use(int n) { }
            {{code}}
        }
        """;
}
