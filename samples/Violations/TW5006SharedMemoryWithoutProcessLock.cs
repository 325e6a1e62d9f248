using System.IO.MemoryMappedFiles;
using System.Runtime.Versioning;

namespace Violations.Processes
{
    /// <summary>Shared memory that is updated with no lock of all processes.</summary>
    [SupportedOSPlatform("windows")]
    public sealed class TW5006SharedMemoryWithoutProcessLock
    {
        private readonly object _gate = new();
        private readonly MemoryMappedViewAccessor _visits = MemoryMappedFile.CreateOrOpen("violations-visits", 64).CreateViewAccessor();
        private readonly MemoryMappedViewAccessor _errors = MemoryMappedFile.CreateOrOpen("violations-errors", 64).CreateViewAccessor();

        public void Visit()
        {
            _visits.Write(0, _visits.ReadInt32(0) + 1); // expect: TW5006
        }

        public void Fail(int by)
        {
            lock (_gate)
            {
                var errors = _errors.ReadInt32(0);
                _errors.Write(0, errors + by); // expect: TW5006
            }
        }
    }
}
