namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with its own state.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
            : this(New(seed, device ?? CPU), true)
        {
        }

        // The second parameter keeps a number from being taken for a handle.
        private Generator(nint handle, bool owned)
        {
            _ = owned;
            _handle = handle;
            NativeMethods.Check(NativeMethods.rt_generator_device(handle, out int type, out int index));
            device = Device.Shared((DeviceType)type, (DeviceType)type == DeviceType.CPU ? -1 : index);
        }

        ~Generator() => Dispose(false);

        /// <summary>The default generator of the CPU.</summary>
        public static Generator Default
        {
            get
            {
                NativeMethods.Check(NativeMethods.rt_generator_default((int)DeviceType.CPU, -1, out nint handle));
                return new Generator(handle, true);
            }
        }

        /// <summary>libtorch's GeneratorImpl.</summary>
        /// <exception cref="InvalidOperationException">The generator was disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Device device { get; }

        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.rt_generator_get_state(Handle, out nint state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.rt_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.rt_generator_manual_seed(Handle, unchecked((ulong)seed)));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Takes a seed from the operating system and returns it.</summary>
        public long seed()
        {
            NativeMethods.Check(NativeMethods.rt_generator_seed(Handle, out ulong seed));
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        public long initial_seed()
        {
            NativeMethods.Check(NativeMethods.rt_generator_initial_seed(Handle, out ulong seed));
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>The default generator of a device.</summary>
        internal static Generator DefaultOf(Device device)
        {
            NativeMethods.Check(NativeMethods.rt_generator_default((int)device.type, device.index, out nint handle));
            return new Generator(handle, true);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint given = _handle;
            _handle = 0;
            if (given != 0)
                NativeMethods.rt_generator_free(given);
        }

        private static nint New(ulong seed, Device device)
        {
            NativeMethods.Check(NativeMethods.rt_generator_new(seed, (int)device.type, device.index, out nint handle));
            return handle;
        }
    }
}
