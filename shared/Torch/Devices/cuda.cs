namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    public static class cuda
    {
        public static bool is_available()
        {
            NativeMethods.Check(NativeMethods.rt_cuda_is_available(out int answer));
            return answer != 0;
        }

        public static bool is_cudnn_available()
        {
            NativeMethods.Check(NativeMethods.rt_cudnn_is_available(out int answer));
            return answer != 0;
        }

        public static int device_count()
        {
            NativeMethods.Check(NativeMethods.rt_cuda_device_count(out int count));
            return count;
        }

        public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.rt_cuda_manual_seed(unchecked((ulong)seed), 0));

        public static void manual_seed_all(long seed) => NativeMethods.Check(NativeMethods.rt_cuda_manual_seed(unchecked((ulong)seed), 1));

        /// <summary>Waits for all work on a device.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.rt_cuda_synchronize(device?.index ?? -1));
    }
}
