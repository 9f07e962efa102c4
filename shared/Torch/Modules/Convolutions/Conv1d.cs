using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(ConvolutionShape shape, PaddingModes paddingMode, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), shape, paddingMode, hasBias, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            RequireChannels(input);
            if (padding_mode != PaddingModes.Zeros)
            {
                using Tensor padded = nn.functional.pad(input, PadSides, padding_mode);
                return nn.functional.conv1d(padded, weight, bias, stride[0], 0, dilation[0], groups);
            }

            return padding is not null
                ? nn.functional.conv1d(input, weight, bias, stride[0], padding[0], dilation[0], groups)
                : nn.functional.conv1d_padding(input, weight, bias, stride[0], padding_type!.Value, dilation[0], groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(in_channels, out_channels, [kernel_size], [stride], [dilation], groups) { Padding = [padding] };
                return new Conv1d(shape, padding_mode, bias, device, dtype);
            }

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(in_channels, out_channels, [kernel_size], [stride], [dilation], groups) { PaddingType = padding };
                return new Conv1d(shape, padding_mode, bias, device, dtype);
            }
        }
    }
}
