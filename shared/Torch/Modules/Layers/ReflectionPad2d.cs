using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ReflectionPad2d : nn.Module<Tensor, Tensor>
    {
        internal ReflectionPad2d(long[] padding)
            : base(nameof(ReflectionPad2d))
        {
            this.padding = padding;
        }

        public long[] padding { get; }

        public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, PaddingModes.Reflect);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReflectionPad2d ReflectionPad2d(long padding) => new([padding, padding, padding, padding]);

            public static ReflectionPad2d ReflectionPad2d((long, long, long, long) padding) => new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);
        }
    }
}
