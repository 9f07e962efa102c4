using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ReplicationPad2d : nn.Module<Tensor, Tensor>
    {
        internal ReplicationPad2d(long[] padding)
            : base(nameof(ReplicationPad2d))
        {
            this.padding = padding;
        }

        public long[] padding { get; }

        public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, PaddingModes.Replicate);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReplicationPad2d ReplicationPad2d(long padding) => new([padding, padding, padding, padding]);

            public static ReplicationPad2d ReplicationPad2d((long, long, long, long) padding) => new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);
        }
    }
}
