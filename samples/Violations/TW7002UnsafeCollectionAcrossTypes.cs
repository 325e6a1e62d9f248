using System.Collections.Generic;
using System.Threading.Tasks;

namespace Violations.WholeProgram
{
    /// <summary>Threads of one type change a collection that another type holds.</summary>
    public sealed class TW7002UnsafeCollectionAcrossTypes
    {
        public static int Collect(string[] texts)
        {
            var words = new Words();
            Parallel.ForEach(texts, words.Add);
            return words.Count;
        }

        private sealed class Words
        {
            private readonly HashSet<string> _words = new();

            public int Count => _words.Count;

            public void Add(string word) => _words.Add(word); // expect: TW7002
        }
    }
}
