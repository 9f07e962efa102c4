namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_nearest1d = new("upsample_nearest1d", "vec"), s_nearest2d = new("upsample_nearest2d", "vec");
            private static readonly Operator s_nearest3d = new("upsample_nearest3d", "vec");
            private static readonly Operator s_nearestExact1d = new("_upsample_nearest_exact1d", "vec"), s_nearestExact2d = new("_upsample_nearest_exact2d", "vec");
            private static readonly Operator s_linear1d = new("upsample_linear1d", "vec"), s_bilinear2d = new("upsample_bilinear2d", "vec");
            private static readonly Operator s_bicubic2d = new("upsample_bicubic2d", "vec"), s_trilinear3d = new("upsample_trilinear3d", "vec");
            private static readonly Operator s_bilinearAntialias = new("_upsample_bilinear2d_aa", "vec"), s_bicubicAntialias = new("_upsample_bicubic2d_aa", "vec");

            /// <summary>Resizes the dimensions after batch and channel, to a size or by a factor.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (size is null == scale_factor is null)
                    throw new ArgumentException("give either a size or a scale factor");
                int spatial = (int)x.Dimensions - 2;
                if (recompute_scale_factor && scale_factor is not null)
                {
                    size = [.. scale_factor.Select((factor, i) => (long)Math.Floor(x.shape[i + 2] * factor))];
                    scale_factor = null;
                }

                size = size is { Length: 1 } ? [.. Enumerable.Repeat(size[0], spatial)] : size;
                scale_factor = scale_factor is { Length: 1 } ? [.. Enumerable.Repeat(scale_factor[0], spatial)] : scale_factor;
                bool corners = align_corners ?? false;
                return (mode, spatial, antialias) switch
                {
                    (InterpolationMode.Nearest, 1, false) => s_nearest1d.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2, false) => s_nearest2d.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3, false) => s_nearest3d.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1, false) => s_nearestExact1d.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2, false) => s_nearestExact2d.Call(x, size, scale_factor),
                    (InterpolationMode.Linear, 1, false) => s_linear1d.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2, false) => s_bilinear2d.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2, true) => s_bilinearAntialias.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2, false) => s_bicubic2d.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2, true) => s_bicubicAntialias.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3, false) => s_trilinear3d.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Area, 2, false) when size is not null => adaptive_avg_pool2d(x, size),
                    _ => throw new ArgumentException($"cannot interpolate {spatial} dimensions by {mode}{(antialias ? " with antialiasing" : "")}", nameof(mode)),
                };
            }

            public static Tensor upsample(
                Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, align_corners);

            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor);

            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);
        }
    }
}
