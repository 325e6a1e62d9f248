using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3014Tests
{
    [Theory]
    [InlineData(
        """
                if (Changed != null) {|TW3014:Changed|}(this, EventArgs.Empty);
        """,
        """
                Changed?.Invoke(this, EventArgs.Empty);
        """)]
    [InlineData(
        """
                // for those who listen
                if (this.Changed != null)
                {
                    {|TW3014:this.Changed|}(this, EventArgs.Empty); // at once
                }

                if (_box is not null)
                {
                    // by all means
                    {|TW3014:_box|}.Inner.Use(Count());
                }
        """,
        """
                // for those who listen
                this.Changed?.Invoke(this, EventArgs.Empty); // at once

                // by all means
                _box?.Inner.Use(Count());
        """)]
    [InlineData(
        """
                if (null != _items)
                    {|TW3014:_items|}[0].Use(1);
        """,
        """
                _items?[0].Use(1);
        """)]
    public Task A_call_behind_a_test_becomes_a_conditional_one(string before, string after) => Verify.Fix<TW3014ReadOnce>("TW3014", In(before), In(after));

    [Theory]
    [InlineData(
        """
                Count();

                // for those who listen
                if (Changed == null)
                {
                    return;
                }

                var args = EventArgs.Empty;
                {|TW3014:Changed|}(this, args);
        """,
        """
                Count();

                var changed = Changed;
                // for those who listen
                if (changed == null)
                {
                    return;
                }

                var args = EventArgs.Empty;
                changed(this, args);
        """)]
    [InlineData(
        """
                if (_box != null && {|TW3014:_box|}.Value > 0)
                {
                    Keep(_box /* whole */);
                    this._box.Use(_box.Value);
                }
        """,
        """
                var box = _box;
                if (box != null && box.Value > 0)
                {
                    Keep(box /* whole */);
                    box.Use(box.Value);
                }
        """)]
    [InlineData(
        """
                Count(); if (_box == null) return; {|TW3014:_box|}.Value = 3;
        """,
        """
                Count(); var box = _box; if (box == null) return; box.Value = 3;
        """)]
    [InlineData(
        """
                switch (Count())
                {
                    case 1:
                        var size = _box == null ? 0 : {|TW3014:_box|}.Value;
                        break;
                }
        """,
        """
                switch (Count())
                {
                    case 1:
                        var box = _box;
                        var size = box == null ? 0 : box.Value;
                        break;
                }
        """)]
    public Task A_value_that_is_used_otherwise_goes_into_a_local(string before, string after) => Verify.Fix<TW3014ReadOnce>("TW3014", In(before), In(after));

    [Theory]
    // A loop, another branch, something evaluated before
    [InlineData("while (_box != null) {|TW3014:_box|}.Use(1);")]
    [InlineData("if (Count() > 3) Count(); else if (_box != null) {|TW3014:_box|}.Value = 1;")]
    [InlineData("if (Count() > 3 && _box != null) {|TW3014:_box|}.Value = 1;")]
    [InlineData("_box ??= new Box(); {|TW3014:_box|}.Use(1);")]
    // May be another one by then
    [InlineData("if (_box == null) return; Refill(); {|TW3014:_box|}.Use(1);")]
    [InlineData("if (_box == null) return; lock (_gate) { {|TW3014:_box|}.Use(1); }")]
    // A comment that would be lost
    [InlineData("if (_box != null) /* now */ { {|TW3014:_box|}.Use(1); }")]
    public Task It_is_not_offered_where_one_read_may_mean_another_thing(string code) => Verify.NoFix<TW3014ReadOnce>("TW3014", In("        " + code));

    private static string In(string code) => $$"""
        #nullable disable
        public class C
        {
            public sealed class Box { public int Value; public Box Inner; public void Use(int value) { } }
            public event EventHandler Changed;
            readonly object _gate = new();
            Box _box;
            Box[] _items;

            void M()
            {
        {{code}}
            }

            int Count() => 1;
            void Keep(Box box) { }
            void Refill() { lock (_gate) { _box = new Box(); } }
            public void Close() { lock (_gate) { _box = null; _items = null; } }
        }
        """;
}
