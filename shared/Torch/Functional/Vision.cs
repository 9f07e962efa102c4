namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_pad = new("pad");
            private static readonly Operator s_pixelShuffle = new("pixel_shuffle"), s_pixelUnshuffle = new("pixel_unshuffle");
            private static readonly Operator s_unfold = new("im2col");

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant or PaddingModes.Zeros => s_pad.Call(input, pad, "constant", mode == PaddingModes.Zeros ? 0 : value),
                PaddingModes.Reflect => s_pad.Call(input, pad, "reflect", Argument.None),
                PaddingModes.Replicate => s_pad.Call(input, pad, "replicate", Argument.None),
                PaddingModes.Circular => s_pad.Call(input, pad, "circular", Argument.None),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a padding mode"),
            };

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Two(pad), mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (long[])[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The same on both sides of the last dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Two(pad), mode, value);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => s_pixelShuffle.Call(input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => s_pixelUnshuffle.Call(input, downscale_factor);

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                s_unfold.Call(input, Two(kernel_size), Two(dilation), Two(padding), Two(stride));

            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                s_unfold.Call(input, Two(kernel_size), Two(dilation ?? (1, 1)), Two(padding ?? (0, 0)), Two(stride ?? (1, 1)));
        }
    }
}
