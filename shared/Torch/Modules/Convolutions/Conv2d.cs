using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionShape shape, PaddingModes paddingMode, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), shape, paddingMode, hasBias, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            RequireChannels(input);
            if (padding_mode != PaddingModes.Zeros)
            {
                using Tensor padded = nn.functional.pad(input, PadSides, padding_mode);
                return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
            }

            return padding is not null
                ? nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups)
                : nn.functional.conv2d_padding(input, weight, bias, stride, padding_type!.Value, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null)
            {
                (long, long) sides = padding ?? (0, 0);
                ConvolutionShape shape = Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with { Padding = [sides.Item1, sides.Item2] };
                return new Conv2d(shape, padding_mode, bias, device, dtype);
            }

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), padding, (stride, stride), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null)
            {
                ConvolutionShape shape = Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with { PaddingType = padding };
                return new Conv2d(shape, padding_mode, bias, device, dtype);
            }

            private static ConvolutionShape Shape(
                long input, long output, (long, long) kernel, (long, long)? stride, (long, long)? dilation, long groups) =>
                new(input, output, Pair(kernel), Pair(stride ?? (1, 1)), Pair(dilation ?? (1, 1)), groups);

            private static long[] Pair((long First, long Second) values) => [values.First, values.Second];
        }
    }
}
