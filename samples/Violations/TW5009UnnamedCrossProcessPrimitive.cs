using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.Versioning;
using System.Threading;

namespace Violations.Processes
{
    /// <summary>Locks and signals that are meant for other processes, which cannot get them.</summary>
    [SupportedOSPlatform("windows")]
    public sealed class TW5009UnnamedCrossProcessPrimitive
    {
        private readonly Mutex _mutex = new(); // expect: TW5009
        private readonly MemoryMappedViewAccessor _visits = MemoryMappedFile.CreateOrOpen("violations-counted", 64).CreateViewAccessor();

        public void Visit()
        {
            _mutex.WaitOne();
            try
            {
                _visits.Write(0, _visits.ReadInt32(0) + 1);
            }
            finally
            {
                _mutex.ReleaseMutex();
            }
        }

        public static void StartChild()
        {
            using var ready = new EventWaitHandle(false, EventResetMode.ManualReset); // expect: TW5009
            using var child = Process.Start("child", ready.SafeWaitHandle.DangerousGetHandle().ToString());
            child.WaitForExit();
        }
    }
}
