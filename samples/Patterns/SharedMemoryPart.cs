using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>2.4: memory that two processes see: a value and an array of one dimension, each of a type without references.</summary>
internal static class SharedMemoryPart
{
    /// <summary>The codes of Python's Value and Array, the bytes that C promises at least, and the type of C# with its bytes, which are the same everywhere.</summary>
    private static readonly (string Code, int AtLeast, string Type, int Bytes)[] s_types =
    [
        ("b", 1, "sbyte", Unsafe.SizeOf<sbyte>()),
        ("B", 1, "byte", Unsafe.SizeOf<byte>()),
        ("u", 2, "char", Unsafe.SizeOf<char>()),
        ("h", 2, "short", Unsafe.SizeOf<short>()),
        ("H", 2, "ushort", Unsafe.SizeOf<ushort>()),
        ("i", 2, "int", Unsafe.SizeOf<int>()),
        ("I", 2, "uint", Unsafe.SizeOf<uint>()),
        ("l", 4, "long", Unsafe.SizeOf<long>()),
        ("L", 4, "ulong", Unsafe.SizeOf<ulong>()),
        ("q", 8, "long", Unsafe.SizeOf<long>()),
        ("Q", 8, "ulong", Unsafe.SizeOf<ulong>()),
        ("f", 4, "float", Unsafe.SizeOf<float>()),
        ("d", 8, "double", Unsafe.SizeOf<double>()),
    ];

    public static async Task<bool> RunAsync()
    {
        using var scratch = new Scratch();
        using var numbers = SharedArray<int>.Create(scratch.PathOf("numbers"), new[] { 1, 2, 3, 4 });
        using var total = SharedValue<double>.Create(scratch.PathOf("total"), 0);

        // The child only reads the numbers and alone writes the total, and this process looks when the child has ended: no lock is needed.
        using var child = Child.Start("child-total", scratch.PathOf("numbers"), scratch.PathOf("total"));
        await child.WaitForExitAsync();
        var endedWell = child.ExitCode == 0;
        Console.WriteLine($"The child found the total {total.Value}.");
        Console.WriteLine();

        new Grid("code", "bytes at least", "C#", "bytes").Fill(s_types.Select(static type => new[] { type.Code, $"{type.AtLeast}", type.Type, $"{type.Bytes}" })).Print();
        Console.WriteLine("l and L are a C long, which has 4 or 8 bytes by platform; long and ulong of C# always have 8.");
        Console.WriteLine();

        Console.WriteLine("What is refused:");
        var refused = IsRefused<ArgumentException>(() => SharedArray<int>.Create(scratch.PathOf("table"), new[,] { { 1, 2 }, { 3, 4 } }))
            & IsRefused<ArgumentException>(() => SharedArray<int>.Create(scratch.PathOf("table"), new int[][] { [1, 2], [3, 4] }))
            & IsRefused<InvalidDataException>(() => SharedArray<long>.Open(scratch.PathOf("numbers")))
            & IsRefused<ArgumentOutOfRangeException>(() => numbers[4] = 5);
        Console.WriteLine();
        return endedWell && total.Value == 10 && refused && Array.TrueForAll(s_types, static type => type.Bytes >= type.AtLeast);
    }

    /// <summary>In the child: the files of the numbers and of the total.</summary>
    public static Task TotalAsync(string[] args)
    {
        Child.EndWithParent();
        using var numbers = SharedArray<int>.Open(args[0]);
        using var total = SharedValue<double>.Open(args[1]);
        double sum = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            sum += numbers[i];
        }

        total.Value = sum;
        return Task.CompletedTask;
    }

    private static bool IsRefused<TException>(Action use)
        where TException : Exception
    {
        try
        {
            use();
            return false;
        }
        catch (TException e)
        {
            Console.WriteLine("- " + e.Message.ReplaceLineEndings(" "));
            return true;
        }
    }
}
