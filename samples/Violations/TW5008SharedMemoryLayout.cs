using System.IO.MemoryMappedFiles;

namespace Violations.Processes
{
    /// <summary>Reads and writes of shared memory that do not fit each other.</summary>
    public sealed class TW5008SharedMemoryLayout
    {
        private readonly MemoryMappedViewAccessor _view;

        public TW5008SharedMemoryLayout(MemoryMappedFile map) => _view = map.CreateViewAccessor(0, 64);

        public void Store(long total, int flags)
        {
            _view.Write(0, total);
            _view.Write(4, flags); // expect: TW5008
        }

        public void StoreState(int state) => _view.Write(16, state);

        public byte State() => _view.ReadByte(16); // expect: TW5008

        public void Close() => _view.Write(64, true); // expect: TW5008

        public void StoreOwner(Owner owner) => _view.Write(32, ref owner);

        public struct Owner // expect: TW5008
        {
            public int Id;
            public string Name;
        }
    }
}
