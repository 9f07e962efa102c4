using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ConvTranspose2d : Convolution
    {
        internal ConvTranspose2d(ConvolutionShape shape, PaddingModes paddingMode, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), shape, paddingMode, hasBias, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            RequireChannels(input);
            return nn.functional.conv_transpose2d(input, weight, bias, stride, padding, output_padding, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                ConvTranspose2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (output_padding, output_padding),
                    (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null)
            {
                ConvolutionShape shape = Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with
                {
                    Transposed = true,
                    Padding = Pair(padding ?? (0, 0)),
                    OutputPadding = Pair(output_padding ?? (0, 0)),
                };
                return new ConvTranspose2d(shape, padding_mode, bias, device, dtype);
            }
        }
    }
}
