using System;
using System.Threading;
using System.Threading.Tasks;

// Stand-ins for a test framework, so that the sample needs no package.
namespace NUnit.Framework
{
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class TestAttribute : Attribute;

    internal static class Assert
    {
        public static void That(bool condition)
        {
            if (!condition)
            {
                throw new InvalidOperationException();
            }
        }
    }
}

namespace Violations.Threads
{
    /// <summary>Checks on other threads that the end of the test comes before. A program that ends is the same; this is a library.</summary>
    public static class TW1016WorkLostAtExit
    {
        [NUnit.Framework.Test]
        public static void Checks_in_a_task()
        {
            var task = Task.Run(() => NUnit.Framework.Assert.That(Environment.ProcessorCount > 1)); // expect: TW1016
            Console.WriteLine("passed");
        }

        [NUnit.Framework.Test]
        public static void Checks_in_a_pool_item() =>
            ThreadPool.QueueUserWorkItem(_ => Check(Environment.ProcessorCount)); // expect: TW1016

        private static void Check(int processors) => NUnit.Framework.Assert.That(processors > 1);
    }
}
