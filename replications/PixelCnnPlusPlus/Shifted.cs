using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// The two streams (section 2.3, figure 2), by their names in the official code. A convolution reads its own pixel; what keeps the streams from seeing
/// the pixel that they predict is one shift after the first layer.
/// </summary>
public enum ShiftKind
{
    /// <summary>u: down-shifted convolutions, 2 x 3, which read the row above and their own; knows the rows above.</summary>
    Down,

    /// <summary>ul: down-right-shifted convolutions, 2 x 2, which read what is above and to the left; knows, with u, all pixels before.</summary>
    DownRight,
}

/// <summary>Shifts by padding with zeros on one side and dropping on the other: what takes the place of masks.</summary>
public static class Shifted
{
    /// <summary>Rows and columns of a stream's convolutions.</summary>
    /// <param name="kind">Which.</param>
    public static (int Height, int Width) Kernel(ShiftKind kind) => kind == ShiftKind.Down ? (2, 3) : (2, 2);

    /// <summary>Zeros around an image such that a convolution reads rows above and its own and, in u, as many columns on each side; in ul, columns to the left and its own.</summary>
    /// <param name="input"><c>[N, F, H, W]</c>.</param>
    /// <param name="kind">Which stream.</param>
    /// <param name="kernel">Rows and columns of the convolution.</param>
    public static Tensor Pad(Tensor input, ShiftKind kind, (int Height, int Width) kernel)
    {
        int beyond = kernel.Width - 1;
        (long left, long right) = kind == ShiftKind.Down ? (beyond / 2, beyond / 2) : (beyond, 0);
        return functional.pad(input, (left, right, kernel.Height - 1, 0));
    }

    /// <summary>Each row takes the place of the one below it; the first is zero.</summary>
    /// <param name="input"><c>[N, F, H, W]</c>.</param>
    public static Tensor Down(Tensor input) => functional.pad(input.narrow(2, 0, input.shape[2] - 1), (0, 0, 1, 0));

    /// <summary>Each column takes the place of the one to its right; the first is zero.</summary>
    /// <param name="input"><c>[N, F, H, W]</c>.</param>
    public static Tensor Right(Tensor input) => functional.pad(input.narrow(3, 0, input.shape[3] - 1), (1, 0, 0, 0));
}
