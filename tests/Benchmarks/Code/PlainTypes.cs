using System.Collections.Immutable;

namespace Threadwise.Benchmarks.Code;

/// <summary>Types as most of a code base holds them: data, rules of the trade, texts, queries, asynchronous calls. <c>NN</c> becomes a number.</summary>
internal static class PlainTypes
{
    public static ImmutableArray<string> All { get; } =
    [
        """
        /// <summary>An order line as it is stored.</summary>
        public sealed class LineNN : IEquatable<LineNN>, IComparable<LineNN>
        {
            private readonly int _amount;

            public LineNN(string article, int amount, decimal price)
            {
                Article = article ?? throw new ArgumentNullException(nameof(article));
                _amount = amount < 0 ? throw new ArgumentOutOfRangeException(nameof(amount)) : amount;
                Price = price;
            }

            public string Article { get; }

            public decimal Price { get; private set; }

            public int Amount => _amount;

            public decimal Total => _amount * Price;

            public string Note { get; set; } = "";

            public LineNN WithDiscount(decimal percent)
            {
                if (percent is < 0 or > 100)
                {
                    throw new ArgumentOutOfRangeException(nameof(percent));
                }

                var copy = new LineNN(Article, _amount, Price);
                copy.Price = Math.Round(Price * (100 - percent) / 100, 2);
                copy.Note = percent > 20 ? Note + " (clearance)" : Note;
                return copy;
            }

            public bool Equals(LineNN? other) =>
                other is not null && Article == other.Article && _amount == other._amount && Price == other.Price;

            public override bool Equals(object? obj) => Equals(obj as LineNN);

            public override int GetHashCode() => HashCode.Combine(Article, _amount, Price);

            public int CompareTo(LineNN? other) => other is null ? 1 : Total.CompareTo(other.Total);

            public override string ToString() => $"{_amount} x {Article} at {Price} = {Total}";
        }
        """,
        """
        /// <summary>Reads a small text format by hand.</summary>
        public sealed class ReaderNN
        {
            private readonly string _text;
            private int _at;

            public ReaderNN(string text) => _text = text;

            public IReadOnlyList<KeyValuePair<string, double>> ReadAll()
            {
                var result = new List<KeyValuePair<string, double>>();
                while (SkipBlanks())
                {
                    var name = ReadName();
                    if (!SkipBlanks() || _text[_at] != '=')
                    {
                        throw new FormatException("Expected '=' at " + _at);
                    }

                    _at++;
                    SkipBlanks();
                    result.Add(new KeyValuePair<string, double>(name, ReadNumber()));
                }

                return result;
            }

            private bool SkipBlanks()
            {
                while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                {
                    _at++;
                }

                return _at < _text.Length;
            }

            private string ReadName()
            {
                var start = _at;
                while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
                {
                    _at++;
                }

                return _text.Substring(start, _at - start);
            }

            private double ReadNumber()
            {
                double value = 0;
                double scale = 0;
                for (; _at < _text.Length; _at++)
                {
                    var c = _text[_at];
                    switch (c)
                    {
                        case >= '0' and <= '9' when scale == 0:
                            value = value * 10 + (c - '0');
                            break;
                        case >= '0' and <= '9':
                            value += (c - '0') * scale;
                            scale /= 10;
                            break;
                        case '.' when scale == 0:
                            scale = 0.1;
                            break;
                        default:
                            return value;
                    }
                }

                return value;
            }
        }
        """,
        """
        /// <summary>Questions put to a list of deliveries.</summary>
        public static class QueriesNN
        {
            public sealed record Delivery(string Town, DateTime Day, decimal Weight, bool IsUrgent, IReadOnlyList<string> Stops);

            public static IEnumerable<(string Town, decimal Weight)> Heaviest(IEnumerable<Delivery> deliveries, int count) =>
                deliveries.GroupBy(d => d.Town)
                    .Select(g => (Town: g.Key, Weight: g.Sum(d => d.Weight)))
                    .OrderByDescending(t => t.Weight)
                    .ThenBy(t => t.Town, StringComparer.Ordinal)
                    .Take(count);

            public static Dictionary<DateTime, List<Delivery>> ByDay(IEnumerable<Delivery> deliveries)
            {
                var result = new Dictionary<DateTime, List<Delivery>>();
                foreach (var delivery in deliveries)
                {
                    if (!result.TryGetValue(delivery.Day.Date, out var list))
                    {
                        result.Add(delivery.Day.Date, list = new List<Delivery>());
                    }

                    list.Add(delivery);
                }

                return result;
            }

            public static string Describe(Delivery delivery)
            {
                var text = new StringBuilder();
                text.Append(delivery.Town).Append(": ").Append(delivery.Weight).Append(" kg");
                if (delivery.IsUrgent)
                {
                    text.Append(" (urgent)");
                }

                for (var i = 0; i < delivery.Stops.Count; i++)
                {
                    text.Append(i == 0 ? " by " : ", ").Append(delivery.Stops[i]);
                }

                return text.ToString();
            }

            public static bool Fits(Delivery delivery, decimal limit, ISet<string> closed) => delivery switch
            {
                { Weight: var w } when w > limit => false,
                { IsUrgent: true } => true,
                { Stops.Count: 0 } => !closed.Contains(delivery.Town),
                _ => delivery.Stops.All(s => !closed.Contains(s)),
            };
        }
        """,
        """
        /// <summary>Talks to a store over an asynchronous interface.</summary>
        public sealed class ServiceNN
        {
            private readonly IStoreNN _store;
            private readonly Action<string> _log;

            public ServiceNN(IStoreNN store, Action<string> log)
            {
                _store = store;
                _log = log;
            }

            public interface IStoreNN
            {
                Task<string?> FindAsync(string key, CancellationToken cancellation);

                Task SaveAsync(string key, string value, CancellationToken cancellation);
            }

            public async Task<bool> RenameAsync(string from, string to, CancellationToken cancellation)
            {
                var value = await _store.FindAsync(from, cancellation).ConfigureAwait(false);
                if (value is null)
                {
                    _log($"{from} is missing");
                    return false;
                }

                try
                {
                    await _store.SaveAsync(to, value, cancellation).ConfigureAwait(false);
                    await _store.SaveAsync(from, "", cancellation).ConfigureAwait(false);
                    return true;
                }
                catch (IOException e) when (!cancellation.IsCancellationRequested)
                {
                    _log(e.Message);
                    return false;
                }
            }

            public async Task<IReadOnlyList<string>> ManyAsync(IEnumerable<string> keys, CancellationToken cancellation)
            {
                var found = new List<string>();
                foreach (var key in keys)
                {
                    if (await _store.FindAsync(key, cancellation).ConfigureAwait(false) is { Length: > 0 } value)
                    {
                        found.Add(value);
                    }
                }

                return found;
            }

            public async Task<int> CountAsync(string[] keys, CancellationToken cancellation)
            {
                var answers = await Task.WhenAll(keys.Select(k => _store.FindAsync(k, cancellation))).ConfigureAwait(false);
                return answers.Count(a => a is not null);
            }
        }
        """,
    ];
}
