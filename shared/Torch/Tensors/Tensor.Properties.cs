namespace TorchSharp;

public static partial class torch
{
    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();

    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    public static bool is_complex(Tensor input) => input.is_complex();

    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    public partial class Tensor
    {
        private const int ContiguousFormat = 0;

        public long Dimensions
        {
            get
            {
                long answer = NativeMethods.rt_tensor_dim(Handle);
                GC.KeepAlive(this);
                return answer;
            }
        }

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements
        {
            get
            {
                long answer = NativeMethods.rt_tensor_numel(Handle);
                GC.KeepAlive(this);
                return answer;
            }
        }

        public long numel() => NumberOfElements;

        public long ElementSize => dtype.ElementSize();

        public long element_size() => ElementSize;

        public unsafe long[] shape
        {
            get
            {
                long[] sizes = new long[Dimensions];
                fixed (long* start = sizes)
                    NativeMethods.rt_tensor_sizes(Handle, start);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public ScalarType dtype
        {
            get
            {
                var answer = (ScalarType)NativeMethods.rt_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return answer;
            }
        }

        public Device device
        {
            get
            {
                (DeviceType type, int index) = Place;
                return Device.Shared(type, index);
            }
        }

        public DeviceType device_type => Place.Type;

        public int device_index => Place.Index;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public layout layout
        {
            get
            {
                var answer = (layout)NativeMethods.rt_tensor_layout(Handle);
                GC.KeepAlive(this);
                return answer;
            }
        }

        public bool is_sparse => layout == layout.sparse_coo;

        private unsafe (DeviceType Type, int Index) Place
        {
            get
            {
                int type;
                int index;
                NativeMethods.rt_tensor_device(Handle, &type, &index);
                GC.KeepAlive(this);
                return ((DeviceType)type, index);
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            long[] sizes = shape;
            int index = dim < 0 ? dim + sizes.Length : dim;
            return (uint)index < (uint)sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {sizes.Length} dimensions.");
        }

        public unsafe long[] stride()
        {
            long[] strides = new long[Dimensions];
            fixed (long* start = strides)
                NativeMethods.Check(NativeMethods.rt_tensor_strides(Handle, start));
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            long[] strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset()
        {
            NativeMethods.Check(NativeMethods.rt_tensor_storage_offset(Handle, out long answer));
            GC.KeepAlive(this);
            return answer;
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_integral() => dtype.IsIntegral();

        public bool is_floating_point() => dtype.IsFloatingPoint();

        public bool is_complex() => dtype.IsComplex();

        public bool is_nonzero() => Aten.is_nonzero.CallScalar(this).ToBoolean();

        public bool is_contiguous() => IsContiguous(ContiguousFormat);

        /// <summary>Whether both tensors look at the same memory.</summary>
        internal bool IsAliasOf(Tensor other)
        {
            NativeMethods.Check(NativeMethods.rt_tensor_alias_of(Handle, other.Handle, out int answer));
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            return answer != 0;
        }

        internal bool IsContiguous(int format)
        {
            NativeMethods.Check(NativeMethods.rt_tensor_is_contiguous(Handle, format, out int answer));
            GC.KeepAlive(this);
            return answer != 0;
        }
    }
}
