using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements as values of .NET, without conversion: the type must be the tensor's.</summary>
        /// <exception cref="ArgumentException">The type is another one.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one element of a tensor of one element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or the type is another one.</exception>
        public unsafe T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            ValidateType(typeof(T));
            if (!is_cpu())
            {
                using Tensor copy = cpu();
                return *(T*)copy.DataPointer;
            }

            T value = *(T*)DataPointer;
            GC.KeepAlive(this);
            return value;
        }

        /// <summary>The one element, whatever its type.</summary>
        public Scalar ToScalar() => Aten.item.CallScalar(this);

        /// <summary>The raw bytes of a contiguous CPU tensor, valid while the tensor lives.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireBytes();
                return new Span<byte>((void*)DataPointer, checked((int)(NumberOfElements * ElementSize)));
            }

            set
            {
                RequireBytes();
                if (value.Length != NumberOfElements * ElementSize)
                    throw new ArgumentException($"{value.Length} bytes do not fill a tensor of {NumberOfElements * ElementSize}.", nameof(value));
                value.CopyTo(bytes);
            }
        }

        /// <summary>Address of the first element.</summary>
        internal nint DataPointer
        {
            get
            {
                NativeMethods.Check(NativeMethods.rt_tensor_data(Handle, out nint data));
                return data;
            }
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            using Tensor flat = detach();
            using Tensor host = flat.cpu();
            using Tensor whole = host.contiguous();
            WriteChunks(whole, stream, chunk => stream.Write(chunk.Span));
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireBytes();
            WriteChunks(this, stream, chunk => stream.ReadExactly(chunk.Span));
        }

        internal void ValidateType(Type type)
        {
            ScalarType expected = ScalarTypes.Of(type);
            if (expected != dtype)
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        private static unsafe void WriteChunks(Tensor tensor, Stream stream, Action<Memory<byte>> move)
        {
            long length = tensor.NumberOfElements * tensor.ElementSize;
            byte* start = (byte*)tensor.DataPointer;
            const int ChunkLength = 1 << 20;
            for (long done = 0; done < length; done += ChunkLength)
            {
                using var chunk = new UnmanagedMemory(start + done, (int)Math.Min(ChunkLength, length - done));
                move(chunk.Memory);
            }

            GC.KeepAlive(tensor);
        }

        private void RequireBytes()
        {
            if (!is_cpu())
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            if (!is_contiguous())
                throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
        }
    }
}
