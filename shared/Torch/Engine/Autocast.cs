namespace TorchSharp;

/// <summary>Autocast on this thread until it is disposed.</summary>
internal sealed class Autocast : IDisposable
{
    private readonly DeviceType _device;
    private readonly int _previous;
    private readonly int _previousType;
    private bool _left;

    internal Autocast(DeviceType device, torch.ScalarType dtype, bool enabled)
    {
        _device = device;
        NativeMethods.Check(NativeMethods.rt_autocast_enter((int)device, (int)dtype, enabled ? 1 : 0, out _previous, out _previousType));
    }

    public void Dispose()
    {
        if (_left)
            return;
        _left = true;
        NativeMethods.Check(NativeMethods.rt_autocast_leave((int)_device, _previousType, _previous));
    }
}
