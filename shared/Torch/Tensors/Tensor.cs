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
        private static long s_totalCount;
        private static long s_peakCount;

        internal nint handle;

        /// <summary>Place in <see cref="OwningDisposeScope"/>, so that leaving it costs no search.</summary>
        internal int scopeSlot;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            long count = Interlocked.Increment(ref s_totalCount);
            if (count > s_peakCount)
                s_peakCount = count;
            if (register)
                DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors that are alive in managed code, in all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        /// <summary>The most that were ever alive at once.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peakCount);

        /// <summary>A name for people; libtorch does not see it.</summary>
        public string? name { get; set; }

        /// <summary>libtorch's TensorImpl.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if (handle == 0)
                    ThrowEmpty();
                return handle;
            }
        }

        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Takes over one reference to a TensorImpl.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

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
            nint given = Handle;
            Forget();
            GC.SuppressFinalize(this);
            return given;
        }

        /// <summary>Gives the reference to a parameter that takes this tensor's place.</summary>
        internal nint MoveHandle() => DecoupleFromNativeHandle();

        /// <summary>Another object for the same tensor.</summary>
        public Tensor alias() => Aten.alias.Unary(this);

        protected virtual void Dispose(bool disposing)
        {
            nint given = handle;
            if (given == 0)
                return;
            if (disposing)
                Forget();
            else
                Abandon();
            NativeMethods.rt_tensor_free(given);
        }

        /// <summary>Leaves the scope and the counts: the reference now belongs elsewhere.</summary>
        private void Forget()
        {
            DisposeScopeManager.ThreadSingleton.Forget(this);
            Abandon();
        }

        // In a finaliser the scope may itself be gone: it is left alone.
        private void Abandon()
        {
            handle = 0;
            Interlocked.Decrement(ref s_totalCount);
        }

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        private static void ThrowEmpty() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }
}
