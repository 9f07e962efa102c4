namespace TorchSharp;

/// <summary>Whether operators on this thread record gradients, until it is disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly int _previous;
    private bool _left;

    internal AutoGradMode(bool enabled)
    {
        _previous = NativeMethods.rt_grad_mode();
        NativeMethods.rt_grad_mode_set(enabled ? 1 : 0);
    }

    public void Dispose()
    {
        if (_left)
            return;
        _left = true;
        NativeMethods.rt_grad_mode_set(_previous);
    }
}
