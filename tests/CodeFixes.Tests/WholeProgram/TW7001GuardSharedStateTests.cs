using System.Threading.Tasks;
using Threadwise.CodeFixes.WholeProgram;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.WholeProgram;

public class TW7001GuardSharedStateTests
{
    [Theory]
    [InlineData("{|TW7001:_n|}++;", "Interlocked.Increment(ref _n);")]
    [InlineData("{|TW7001:_n|} += 2;", "Interlocked.Add(ref _n, 2);")]
    [InlineData("if (_n < 9) { {|TW7001:_n|}--; /* one */ }", "if (_n < 9) { Interlocked.Decrement(ref _n); /* one */ }")]
    public Task Counts_become_atomic(string before, string after) => Verify.Fix<TW7001GuardSharedState>("TW7001", In(before), In(after));

    private static string In(string update) => $$"""
        class Counter
        {
            private int _n;
            public int N => _n;
            public void Add() { {{update}} }
        }
        class C { void M() { var c = new Counter(); Parallel.For(0, 9, i => c.Add()); Console.WriteLine(c.N); } }
        """;

    [Fact]
    public Task Each_access_takes_a_lock() => Verify.Fix<TW7001GuardSharedState>("TW7001", """
        class Account
        {
            private decimal _balance;

            public Account() => _balance = 1;

            // pays
            public void Pay(decimal amount)
            {
                {|TW7001:_balance|} += amount; // adds
            }

            public void Clear()
            {
                _balance = 0;
            }
        }
        class C { void M(Account a) { Parallel.For(0, 9, i => a.Pay(1)); } }
        """, """
        class Account
        {
            private readonly object _gate = new object();
            private decimal _balance;

            public Account() => _balance = 1;

            // pays
            public void Pay(decimal amount)
            {
                lock (_gate)
                {
                    _balance += amount; // adds
                }
            }

            public void Clear()
            {
                lock (_gate)
                {
                    _balance = 0;
                }
            }
        }
        class C { void M(Account a) { Parallel.For(0, 9, i => a.Pay(1)); } }
        """);

    /// <summary>Another class writes it: no lock of this one would keep it out.</summary>
    [Fact]
    public Task Not_where_other_types_use_it() => Verify.NoFix<TW7001GuardSharedState>("TW7001", """
        class Account
        {
            public decimal Balance;
            public void Pay(decimal amount)
            {
                {|TW7001:Balance|} += amount;
            }
        }
        class C { void M(Account a) { Parallel.For(0, 9, i => a.Pay(1)); a.Balance = 0; } }
        """);
}
