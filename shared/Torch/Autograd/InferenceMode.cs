namespace TorchSharp;

/// <summary>libtorch's inference mode on this thread, until it is disposed.</summary>
internal sealed class InferenceMode(bool enabled) : IDisposable
{
    private nint _guard = NativeMethods.rt_inference_mode_enter(enabled ? 1 : 0);

    public void Dispose()
    {
        if (_guard == 0)
            return;
        NativeMethods.rt_inference_mode_leave(_guard);
        _guard = 0;
    }
}
