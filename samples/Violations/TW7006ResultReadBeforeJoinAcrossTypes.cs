using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.WholeProgram
{
    /// <summary>The result of another type's method is read, or what it uses disposed of, before anybody waited for it.</summary>
    public sealed class TW7006ResultReadBeforeJoinAcrossTypes
    {
        public static void Print()
        {
            var square = new Square(4);
            var thread = new Thread(square.Compute);
            thread.Start();
            Console.WriteLine(square.Area); // expect: TW7006
            thread.Join();
        }

        public static async Task<int> CountAsync()
        {
            var counts = new Counts();
            var counter = new LetterCounter(counts);
            var counting = Task.Run(() => counter.Count("a letter"));
            var letters = counts.Letters; // expect: TW7006
            await counting;
            return letters;
        }

        public static void Save(string path)
        {
            using var file = new StreamWriter(path); // expect: TW7006
            var lines = new Lines(file);
            var writing = new Thread(lines.Write);
            writing.Start();
            Console.WriteLine(path);
        }

        private sealed class Square
        {
            private readonly int _side;

            public Square(int side) => _side = side;

            public int Area { get; private set; }

            public void Compute() => Area = _side * _side;
        }

        private sealed class Lines
        {
            private readonly StreamWriter _file;

            public Lines(StreamWriter file) => _file = file;

            public void Write()
            {
                for (var i = 0; i < 1000; i++)
                {
                    _file.WriteLine(i);
                }
            }
        }

        private sealed class Counts
        {
            public int Letters { get; set; }
        }

        private sealed class LetterCounter
        {
            private readonly Counts _counts;

            public LetterCounter(Counts counts) => _counts = counts;

            public void Count(string text)
            {
                foreach (var letter in text)
                {
                    _counts.Letters += char.IsLetter(letter) ? 1 : 0;
                }
            }
        }
    }
}
