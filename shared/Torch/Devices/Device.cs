using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    private static Device s_defaultDevice = CPU;

    public static Device CPU => Device.Shared(DeviceType.CPU, -1);

    public static Device CUDA => Device.Shared(DeviceType.CUDA, -1);

    public static Device META => Device.Shared(DeviceType.META, -1);

    public static Device MPS => Device.Shared(DeviceType.MPS, -1);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public static Device get_default_device() => s_defaultDevice;

    public static void set_default_device(Device device) => s_defaultDevice = device;

    public static void set_default_device(string device) => s_defaultDevice = new Device(device);

    /// <summary>Where a tensor lives: a kind of device and its number; -1 is the current one.</summary>
    public class Device
    {
        private static readonly Device s_cpu = new(DeviceType.CPU);
        private static readonly Device[] s_cuda = [.. Enumerable.Range(-1, 17).Select(i => new Device(DeviceType.CUDA, i))];

        /// <summary>Parses "cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            string[] parts = description.Split(':');
            if (parts.Length > 2)
                throw new ArgumentException($"'{description}' is not a device, as cpu or cuda:0 are.", nameof(description));
            type = Parse(parts[0]);
            index = -1;
            if (parts.Length == 2)
            {
                index = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw new ArgumentException($"'{description}' is not a device, as cpu or cuda:0 are.", nameof(description));
            }
        }

        public Device(string deviceType, int index = -1)
            : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string kind = type.ToString().ToLowerInvariant();
            return index < 0 ? kind : FormattableString.Invariant($"{kind}:{index}");
        }

        internal static Device Shared(DeviceType type, int index) => type switch
        {
            DeviceType.CPU when index < 0 => s_cpu,
            DeviceType.CUDA when index + 1 < s_cuda.Length => s_cuda[index + 1],
            _ => new Device(type, index),
        };

        private static DeviceType Parse(string kind) =>
            Enum.TryParse(kind, true, out DeviceType type) && Enum.IsDefined(type) && !char.IsAsciiDigit(kind[0])
                ? type
                : throw new ArgumentException($"'{kind}' is not a kind of device; known are {string.Join(", ", Enum.GetNames<DeviceType>()).ToLowerInvariant()}.", nameof(kind));
    }
}
