using System;
using System.IO.MemoryMappedFiles;
using System.Runtime.Versioning;

namespace Violations.Processes
{
    /// <summary>Structs in shared memory that lie otherwise in another process.</summary>
    [SupportedOSPlatform("windows")]
    public sealed class TW5014SharedMemoryPlatformLayout : IDisposable
    {
        private readonly MemoryMappedFile _map = MemoryMappedFile.CreateOrOpen("violations-layout", 1024);
        private readonly MemoryMappedViewAccessor _view;

        public TW5014SharedMemoryPlatformLayout() => _view = _map.CreateViewAccessor();

        public void Store(Entry entry) => _view.Write(0, ref entry);

        public void Store(Owner owner) => _view.Write(64, ref owner);

        public void Dispose()
        {
            _view.Dispose();
            _map.Dispose();
        }

        public struct Entry // expect: TW5014
        {
            public int Id;
            public long Total;
        }

        public struct Owner // expect: TW5014
        {
            public int Id;
            public IntPtr Window;
        }
    }
}
