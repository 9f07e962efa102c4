namespace TorchSharp;

/// <summary>
/// One counted reference to a TensorImpl, freed by the finaliser at the latest. Objects with finalisers are dear to make, so a
/// thread takes back those whose tensor was disposed and gives them to the next ones.
/// </summary>
internal sealed class TensorReference
{
    /// <summary>References kept for reuse on each thread: as many as a large step disposes at once.</summary>
    private const int SpareCapacity = 1024;

    private static long s_live;
    private static long s_peak;

    [ThreadStatic]
    private static Spares? s_spares;

    internal nint Handle;

    private TensorReference()
    {
    }

    ~TensorReference()
    {
        nint handle = Handle;
        if (handle == 0)
            return;
        Handle = 0;
        Interlocked.Decrement(ref s_live);
        NativeMethods.rt_tensor_free(handle);
    }

    internal static long Live => Interlocked.Read(ref s_live);

    internal static long Peak => Interlocked.Read(ref s_peak);

    internal static TensorReference Hold(nint handle)
    {
        Spares spares = s_spares ??= new Spares();
        TensorReference reference = spares.Take() ?? new TensorReference();
        reference.Handle = handle;
        if (handle != 0)
        {
            long live = Interlocked.Increment(ref s_live);
            if (live > s_peak)
                s_peak = live;
        }

        return reference;
    }

    /// <summary>Empties the reference, which must not be used again by its former owner, and returns what it held.</summary>
    internal nint Release()
    {
        nint handle = Handle;
        Handle = 0;
        if (handle != 0)
            Interlocked.Decrement(ref s_live);
        Spares spares = s_spares ??= new Spares();
        if (!spares.Add(this))
            GC.SuppressFinalize(this);
        return handle;
    }

    private sealed class Spares
    {
        private readonly TensorReference?[] _items = new TensorReference?[SpareCapacity];
        private int _count;

        internal TensorReference? Take()
        {
            if (_count == 0)
                return null;
            TensorReference? taken = _items[--_count];

            // A reference that stayed here would keep its next tensor from the finaliser.
            _items[_count] = null;
            return taken;
        }

        internal bool Add(TensorReference reference)
        {
            if (_count == SpareCapacity)
                return false;
            _items[_count++] = reference;
            return true;
        }
    }
}
