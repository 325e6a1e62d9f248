using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3006Tests
{
    [Theory]
    [InlineData(
        """
                if (_x == null)
                {
                    lock (_gate)
                    {
                        // made once
                        {|TW3006:_x = new List<int>()|};
                    }
                }

                return _x;
        """,
        """
                if (_x == null)
                {
                    lock (_gate)
                    {
                        if (_x == null)
                        {
                            // made once
                            _x = new List<int>();
                        }
                    }
                }

                return _x;
        """)]
    [InlineData(
        """
                if (_x == null)
                    lock (_gate)
                        {|TW3006:_x = new List<int>()|};

                return _x;
        """,
        """
                if (_x == null)
                    lock (_gate)
                    {
                        if (_x == null)
                        {
                            _x = new List<int>();
                        }
                    }

                return _x;
        """)]
    [InlineData(
        """
                if (_x != null) return _x;
                lock (_gate)
                {
                    {|TW3006:_x = new List<int>()|};
                    return _x;
                }
        """,
        """
                if (_x != null) return _x;
                lock (_gate)
                {
                    if (_x != null) return _x;
                    _x = new List<int>();
                    return _x;
                }
        """)]
    [InlineData(
        """
                if (_x == null)
                {
                    lock (_gate)
                    {
                        if (_x == null)
                        {
                            // one by one
                            {|TW3006:_x = new List<int>()|}; // empty
                            _x.Add(1); // first
                            this._x.Add(2);
                        }
                    }
                }

                return _x;
        """,
        """
                if (_x == null)
                {
                    lock (_gate)
                    {
                        if (_x == null)
                        {
                            // one by one
                            var x = new List<int>(); // empty
                            x.Add(1); // first
                            x.Add(2);
                            _x = x;
                        }
                    }
                }

                return _x;
        """)]
    [InlineData(
        """
                if (!_done)
                {
                    lock (_gate)
                    {
                        if (!_done)
                        {
                            // from now on
                            {|TW3006:_done = true|};
                            _x = new List<int>(); // empty
                        }
                    }
                }

                return _x;
        """,
        """
                if (!_done)
                {
                    lock (_gate)
                    {
                        if (!_done)
                        {
                            _x = new List<int>(); // empty
                            // from now on
                            _done = true;
                        }
                    }
                }

                return _x;
        """)]
    [InlineData(
        """
                if (_x == null)
                {
                    _one.Wait();
                    try
                    {
                        {|TW3006:_x = new List<int>()|};
                    }
                    finally
                    {
                        _one.Release();
                    }
                }

                return _x;
        """,
        """
                if (_x == null)
                {
                    _one.Wait();
                    try
                    {
                        if (_x == null)
                        {
                            _x = new List<int>();
                        }
                    }
                    finally
                    {
                        _one.Release();
                    }
                }

                return _x;
        """)]
    [InlineData(
        """
                if (_x != null) return _x;
                using (_scope.EnterScope())
                {
                    {|TW3006:_x = new List<int>()|};
                    return _x;
                }
        """,
        """
                if (_x != null) return _x;
                using (_scope.EnterScope())
                {
                    if (_x != null) return _x;
                    _x = new List<int>();
                    return _x;
                }
        """)]
    [InlineData(
        """
                if (_x != null) return _x;
                using var scope = _scope.EnterScope();
                {|TW3006:_x = new List<int>()|};
                return _x;
        """,
        """
                if (_x != null) return _x;
                using var scope = _scope.EnterScope();
                if (_x != null) return _x;
                _x = new List<int>();
                return _x;
        """)]
    [InlineData(
        """
                if (_x == null)
                {
                    using var scope = _scope.EnterScope();

                    // Made late.
                    {|TW3006:_x = new List<int>()|};
                }

                return _x;
        """,
        """
                if (_x == null)
                {
                    using var scope = _scope.EnterScope();
                    if (_x == null)
                    {

                        // Made late.
                        _x = new List<int>();
                    }
                }

                return _x;
        """)]
    public Task The_initialization_is_repaired(string before, string after) => Verify.Fix<TW3006RepairDoubleCheck>("TW3006", In(before), In(after));

    [Theory]
    [InlineData("if (_price == null) { lock (_gate) { if (_price == null) {|TW3006:_price = 3m|}; } } return null!;")]
    [InlineData("if (_x == null) { lock (_gate) { if (_x == null) { {|TW3006:_x = new List<int>()|}; _x.Add(1); Console.WriteLine(); _x.Add(2); } } } return _x;")]
    [InlineData("if (_x is { } known) return known; lock (_gate) { {|TW3006:_x = new List<int>()|}; } return _x;")]
    [InlineData("if (_price is null) { lock (_gate) { {|TW3006:_price ??= 3m|}; } } return null!;")]
    public Task What_is_not_sure_gets_no_fix(string code) => Verify.NoFix<TW3006RepairDoubleCheck>("TW3006", In(code));

    private static string In(string code) => $$"""
        #nullable disable
        class C
        {
            private readonly object _gate = new();
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly Lock _scope = new();
            private List<int> _x;
            private bool _done;
            private decimal? _price;

            List<int> Get()
            {
        {{code}}
            }
        }
        """;
}
