namespace TorchSharp;

/// <summary>Makes backward name the forward operator that failed, and optionally refuse NaN, until it is disposed.</summary>
public sealed class AnomalyMode : IDisposable
{
    private readonly bool _enabled = IsEnabled;
    private readonly bool _checked = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => NativeMethods.rt_anomaly_mode_set(enabled ? 1 : 0, check_nan ? 1 : 0);

    public static bool IsEnabled => NativeMethods.rt_anomaly_mode() != 0;

    public static bool ShouldCheckNaN => NativeMethods.rt_anomaly_mode_checks_nan() != 0;

    public void Dispose() => NativeMethods.rt_anomaly_mode_set(_enabled ? 1 : 0, _checked ? 1 : 0);
}
