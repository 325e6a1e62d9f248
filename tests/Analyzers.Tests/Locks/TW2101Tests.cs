using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2101Tests
{
    [Theory]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private static readonly object s_gate = new(); void M() { lock (s_gate) _n++; }")]
    [InlineData("private readonly List<string> _names = new(); void M() { lock (_names) _names.Add(\"a\"); }")]
    [InlineData("private readonly Lock _lock = new(); void M() { lock (_lock) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<string, object> _locks = new(); void M(string key) { lock (_locks.GetOrAdd(key, static _ => new object())) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<string, string> _keys = new(); void M(string key) { lock (_keys.GetOrAdd(key, key)) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<string, string> _keys = new(); public void M(string key) { key = _keys.GetOrAdd(key, key); lock (key) _n++; }")]
    [InlineData("private readonly Dictionary<int, string> _keys = new(); void M(int i) { lock (_keys[i]) _n++; }")]
    [InlineData("private readonly Dictionary<int, string> _keys = new(); void M(int i) { var key = _keys[i]; lock (key) _n++; }")]
    [InlineData("private readonly string _key = new string('x', 3); void M() { lock (_key) _n++; }")]
    [InlineData("private readonly string _key = Guid.NewGuid().ToString(); void M() { lock (_key) _n++; }")]
    [InlineData("private void M(string key) { lock (key) _n++; }")]
    [InlineData("void M() { Use(\"a\"); void Use(string key) { lock (key) _n++; } }")]
    [InlineData("void M(Func<string> key) { lock (key()) _n++; }")]
    [InlineData("public string Key { get; } = new string('x', 3); void M() { lock (Key) _n++; }")]
    [InlineData("void M(C other) { lock (other._s) _n++; } private string _s = \"\" + Environment.MachineName;")]
    [InlineData("void M() { lock (Console.Out) Console.WriteLine(); }")]
    [InlineData("private readonly object _boxed = 1; void M() { lock (_boxed) _n++; }")]
    [InlineData("void M<T>(T t) where T : class { lock (t) _n++; }")]
    [InlineData("void M<T>(T t) { lock ((object)t!) _n++; }")]
    [InlineData("void M(System.Reflection.Emit.ModuleBuilder module) { lock (module) _n++; }")]
    [InlineData("sealed class Member { } private readonly Member _member = new(); void M() { lock (_member) _n++; }")]
    [InlineData("sealed class Type { } private readonly Type _type = new(); void M() { lock (_type) _n++; }")]
    [InlineData("void M() { var t = typeof(C); lock (_map) _map[t] = 1; } private readonly Dictionary<Type, int> _map = new();")]
    [InlineData("private object _any = \"a\"; C() { _any = new object(); } void M() { lock (_any) _n++; }")]
    [InlineData("void M(object o) { lock (o) _n++; }")]
    [InlineData("void M() { var gate = (object)this; lock (gate) _n++; }")]
    [InlineData("private readonly Task _task = Task.Run(() => { }); void M() { lock (_task) _n++; }")]
    [InlineData("void M() { Monitor.Enter(_list); try { } finally { Monitor.Exit(_list); } } private readonly int[] _list = new int[1];")]
    [InlineData("private readonly Dictionary<string, object> _locks = new(); void M(string key) { lock (_locks[key]) _n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2101", Class(member));

    [Theory]
    [InlineData("void M() { lock ({|TW2101:\"gate\"|}) _n++; }")]
    [InlineData("const string Key = \"gate\"; void M() { lock ({|TW2101:Key|}) _n++; }")]
    [InlineData("private readonly string _key = \"gate\"; void M() { lock ({|TW2101:_key|}) _n++; }")]
    [InlineData("private static readonly string s_key = \"gate\"; void M() { lock ({|TW2101:s_key|}) _n++; }")]
    [InlineData("private readonly object _key = \"gate\"; void M() { lock ({|TW2101:_key|}) _n++; }")]
    [InlineData("private readonly string _key; C(string key) { _key = key; } void M() { lock ({|TW2101:_key|}) _n++; }", false)]
    [InlineData("public void M(string key) { lock ({|TW2101:key|}) _n++; }")]
    [InlineData("void M(string key) { lock ({|TW2101:string.Intern(key)|}) _n++; }")]
    [InlineData("void M(string key) { var k = string.Intern(key); lock ({|TW2101:k|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:string.Empty|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:typeof(C)|}) _n++; }")]
    [InlineData("void M() { lock (({|TW2101:typeof(List<int>)|})) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:GetType()|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:this.GetType()|}) _n++; }")]
    [InlineData("void M(object o) { var type = o.GetType(); lock ({|TW2101:type|}) _n++; }")]
    [InlineData("void M<T>() { lock ({|TW2101:typeof(T)|}) _n++; }")]
    [InlineData("private readonly object _gate = typeof(C); void M() { lock ({|TW2101:_gate|}) _n++; }")]
    [InlineData("void M(Type type) { lock ({|TW2101:type|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:nameof(C)|}) _n++; }")]
    [InlineData("void M(System.Reflection.MethodInfo method) { lock ({|TW2101:method|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:typeof(C).Assembly|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:Thread.CurrentThread|}) _n++; }")]
    [InlineData("private readonly Thread _thread = new(() => { }); void M() { lock ({|TW2101:_thread|}) _n++; }")]
    [InlineData("void M() { lock ((object){|TW2101:_n|}) _n++; }")]
    [InlineData("void M() { Monitor.Enter({|TW2101:_n|}); _n++; }")]
    [InlineData("void M(DayOfWeek day) { lock ((object){|TW2101:day|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:Array.Empty<int>()|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:Task.CompletedTask|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2101:DBNull.Value|}) _n++; }")]
    [InlineData("void M() { if (!Monitor.TryEnter({|TW2101:typeof(C)|})) return; try { _n++; } finally { Monitor.Exit(typeof(C)); } }")]
    [InlineData("void M() { Task.Run(() => { lock ({|TW2101:typeof(C)|}) _n++; }); }")]
    [InlineData("static int s_m; static C() { lock ({|TW2101:typeof(C)|}) s_m++; }")]
    [InlineData("int P { get { lock ({|TW2101:typeof(C)|}) return _n; } set { lock (typeof(C)) _n = value; } }")]
    [InlineData("void M() { lock ({|TW2101:\"a\"|}) _n++; lock ({|TW2101:\"b\"|}) _n++; }")]
    public Task Guilty(string member, bool privateConstructor = true) => Verify.Rule("TW2101", Class(privateConstructor ? member : member.Replace("C(string", "public C(string", System.StringComparison.Ordinal)));

    [Fact]
    public Task One_report_for_one_object_over_all_parts_of_the_type() => Verify.Rule("TW2101", """
        partial class C<T>
        {
            void A() { lock ({|TW2101:typeof(C<T>)|}) { } }
        }

        partial class C<T>
        {
            void B() { lock (typeof(C<T>)) { } }

            class Inner
            {
                void A() { lock ({|TW2101:typeof(C<T>)|}) { } }
            }
        }
        """);

    [Fact]
    public Task Structs_records_and_interfaces() => Verify.Rule("TW2101", """
        struct S { public void M() { lock ({|TW2101:typeof(S)|}) { } } }
        record R(string Key) { public void M() { lock ({|TW2101:typeof(R)|}) { } } }
        interface I { void M() { lock ({|TW2101:typeof(I)|}) { } } }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2101", """
        lock ({|TW2101:"gate"|})
        {
            Console.WriteLine();
        }
        """, static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    /// <summary>What comes out of it may be one for each key.</summary>
    [Fact]
    public Task Misses_strings_out_of_properties() => Verify.Rule("TW2101", Class("public string Name { get; set; } = \"a\"; void M() { lock (Name) _n++; }"));

    [Theory]
    [InlineData("public void A() => M(\"a\"); private void M(string key) { lock ({|TW2101:key|}) _n++; }")]
    [InlineData("public void A() => M(1, \"a\"); public void B() => M(key: \"b\", n: 2); private void M(int n, string key) { lock ({|TW2101:key|}) _n += n; }")]
    [InlineData("const string Key = \"c\"; public void A(string s) { M(string.Intern(s)); M(Key); M(string.Empty); } private static void M(string key) { Monitor.Enter({|TW2101:key|}); Monitor.Exit(key); }")]
    [InlineData("public void A() => this.M(); private void M(string key = \"d\") { lock ({|TW2101:key|}) _n++; }")]
    public Task A_parameter_that_every_call_gives_a_constant(string member) => Verify.Rule("TW2101", Class(member));

    [Theory]
    [InlineData("private readonly Dictionary<int, string> _keys = new(); public void A() => M(_keys[1]); private void M(string key) { lock (key) _n++; }")]
    [InlineData("public void A(int n) { M(\"a\"); M(n.ToString()); } private void M(string key) { lock (key) _n++; }")]
    [InlineData("public void A(string key) => M(key); private void M(string key) { lock (key) _n++; }")]
    [InlineData("public void A() { M(\"a\"); Action<string> m = M; } private void M(string key) { lock (key) _n++; }")]
    [InlineData("public void A() => M(\"a\"); private void M(string key) { key = new string('b', 3); lock (key) _n++; }")]
    [InlineData("private void M(string key) { lock (key) _n++; }")]
    [InlineData("public void A() => M(\"a\"); private void M(params string[] keys) { lock (keys) _n++; }")]
    [InlineData("public void A() { var key = new string('a', 3); M(ref key); } private void M(ref string key) { lock (key) _n++; }")]
    public Task A_parameter_that_some_call_may_give_another_string(string member) => Verify.Rule("TW2101", Class(member));

    /// <summary>A box that a local keeps is an object that no other thread can see: of the two rules that fit, the one that says so speaks.</summary>
    [Theory]
    [InlineData("void M() { object o = 5; lock ({|TW2103:o|}) _n++; }", "void M() { object o = 5; lock ({|TW2101:o|}) _n++; }")]
    [InlineData("void M() { object o; o = _n; lock ({|TW2103:o|}) _n++; lock (o) _n--; }", "void M() { object o; o = _n; lock ({|TW2101:o|}) _n++; lock (o) _n--; }")]
    [InlineData("void M() { object o = _n; Monitor.Enter({|TW2103:o|}); _n++; Monitor.Exit(o); }", "void M() { object o = _n; Monitor.Enter({|TW2101:o|}); _n++; Monitor.Exit(o); }")]
    public async Task A_box_in_a_local(string member, string withoutTW2103)
    {
        await Verify.Rule("TW2101", Class(member));
        await Verify.Rule("TW2101", Class(withoutTW2103), static test => test.DisabledDiagnostics.Add("TW2103"));
    }

    [Theory]
    [InlineData("void M() { object o = 5; Parallel.For(0, 9, i => { lock (o) _n++; }); lock (o) _n--; }")]
    [InlineData("void M(Action<object> use) { object o = _n; use(o); lock (o) _n++; }")]
    [InlineData("object M() { object o = _n; lock (o) _n++; return o; }")]
    [InlineData("void M() { object o = _n; _kept = o; lock (o) _n++; } private object? _kept;")]
    [InlineData("void M() { object o = new object(); lock (o) _n++; }")]
    public Task A_box_in_a_local_that_others_may_have(string member) => Verify.Rule("TW2101", Class(member), static test => test.DisabledDiagnostics.Add("TW2103"));

    /// <summary>Nobody has put it into a local, and the box is what the rule is about.</summary>
    [Fact]
    public Task A_box_made_in_the_lock() => Verify.Rule("TW2103", Class("void M() { var count = _n; lock ((object){|TW2101:count|}) _n++; Monitor.Enter({|TW2101:5|}); }"));

    private static string Class(string member) => $$"""
        class C
        {
            private int _n;

            {{member}}
        }
        """;
}
