using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor: one counted reference to libtorch's. Owned by the dispose scope it was made in, else by whoever holds it,
    /// at the latest by the finaliser.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private TensorReference? _reference;

        /// <summary>Place in <see cref="OwningDisposeScope"/>, so that leaving it costs no search.</summary>
        internal int scopeSlot;

        internal Tensor(nint handle, bool register = true)
        {
            _reference = TensorReference.Hold(handle);
            if (register)
                DisposeScopeManager.ThreadSingleton.Register(this);
        }

        /// <summary>Tensors that are alive in managed code, in all threads.</summary>
        public static long TotalCount => TensorReference.Live;

        /// <summary>The most that were ever alive at once.</summary>
        public static long PeakCount => TensorReference.Peak;

        /// <summary>A name for people; libtorch does not see it.</summary>
        public string? name { get; set; }

        /// <summary>libtorch's TensorImpl.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                nint handle = _reference?.Handle ?? 0;
                if (handle == 0)
                    ThrowEmpty();
                return handle;
            }
        }

        public bool IsInvalid => (_reference?.Handle ?? 0) == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Takes over one reference to a TensorImpl.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public void Dispose() => Dispose(true);

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null)
                other.Attach(this);
            else
                OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        /// <summary>Gives the reference to the caller; this object is empty afterwards.</summary>
        public nint DecoupleFromNativeHandle()
        {
            _ = Handle;
            return Forget();
        }

        /// <summary>Gives the reference to a parameter that takes this tensor's place.</summary>
        internal nint MoveHandle() => DecoupleFromNativeHandle();

        /// <summary>Another object for the same tensor.</summary>
        public Tensor alias() => Aten.alias.Unary(this);

        protected virtual void Dispose(bool disposing)
        {
            nint given = Forget();
            if (given != 0)
                NativeMethods.rt_tensor_free(given);
        }

        /// <summary>Leaves the scope; the reference now belongs to the caller. Two threads that dispose at once get it once.</summary>
        private nint Forget()
        {
            TensorReference? reference = Interlocked.Exchange(ref _reference, null);
            if (reference is null)
                return 0;
            DisposeScopeManager.ThreadSingleton.Forget(this);
            return reference.Release();
        }

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        private static void ThrowEmpty() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }
}
