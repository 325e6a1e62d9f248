// A core library of a dozen types: what a compilation holds that knows no threads.
namespace System
{
    public class Object { }
    public abstract class ValueType { }
    public abstract class Enum : ValueType { }
    public struct Void { }
    public struct Boolean { }
    public struct Int32 { }
    public struct IntPtr { }
    public sealed class String { }
    public class Attribute { }
    public enum AttributeTargets { All = 32767 }
    public sealed class AttributeUsageAttribute : Attribute
    {
        public AttributeUsageAttribute(AttributeTargets targets) { }
        public bool AllowMultiple { get; set; }
        public bool Inherited { get; set; }
    }
    public class Exception { }
    public abstract class Delegate { }
    public abstract class MulticastDelegate : Delegate { }
    public delegate void Action();
}

namespace System.Threading
{
    public static class Monitor
    {
        public static void Enter(object gate, ref bool taken) { }
        public static void Exit(object gate) { }
    }
}

namespace Shop
{
    public class Till
    {
        private readonly object _gate = new object();

        public void Pay(System.Action pay)
        {
            lock (_gate)
            {
                try { pay(); }
                finally { System.Threading.Monitor.Exit(_gate); }
            }
        }
    }
}
