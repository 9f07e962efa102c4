using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ConvTranspose1d : Convolution
    {
        internal ConvTranspose1d(ConvolutionShape shape, PaddingModes paddingMode, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose1d), shape, paddingMode, hasBias, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            RequireChannels(input);
            return nn.functional.conv_transpose1d(input, weight, bias, stride[0], padding![0], output_padding[0], dilation[0], groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(in_channels, out_channels, [kernel_size], [stride], [dilation], groups)
                {
                    Transposed = true,
                    Padding = [padding],
                    OutputPadding = [output_padding],
                };
                return new ConvTranspose1d(shape, padding_mode, bias, device, dtype);
            }
        }
    }
}
