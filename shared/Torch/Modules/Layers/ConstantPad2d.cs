using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ConstantPad2d : nn.Module<Tensor, Tensor>
    {
        internal ConstantPad2d(long[] padding, double value)
            : base(nameof(ConstantPad2d))
        {
            this.padding = padding;
            this.value = value;
        }

        public long[] padding { get; }

        public double value { get; }

        public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, PaddingModes.Constant, value);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConstantPad2d ConstantPad2d(long padding, double value) => new([padding, padding, padding, padding], value);

            public static ConstantPad2d ConstantPad2d((long, long, long, long) padding, double value) => new([padding.Item1, padding.Item2, padding.Item3, padding.Item4], value);
        }
    }
}
