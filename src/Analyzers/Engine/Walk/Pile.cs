using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// Items that several threads put in and one takes out when all are in, in no order. An empty one costs a few bytes, where a concurrent queue begins with room for 32: a type has several, and most stay empty.
/// </summary>
internal sealed class Pile<T> : IEnumerable<T>
{
    private Node? _top;

    public bool IsEmpty => _top is null;

    public void Add(T item)
    {
        var node = new Node(item);
        Node? below;
        do
        {
            below = _top;
            node.Below = below;
        }
        while (Interlocked.CompareExchange(ref _top, node, below) != below);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var node = _top; node is not null; node = node.Below)
        {
            yield return node.Item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Node(T item)
    {
        public T Item { get; } = item;

        public Node? Below { get; set; }
    }
}
