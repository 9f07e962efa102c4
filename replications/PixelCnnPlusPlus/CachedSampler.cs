using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.PixelCnnPlusPlus;

/// <summary>
/// Draws images in one walk over their pixels: each layer computes what is new and keeps what its next pixel reads. The stream u is computed a row at a
/// time, ul a pixel at a time, half and quarter resolution every second and fourth row and column. Draws what <see cref="NaiveSampler"/> draws.
/// </summary>
/// <param name="network">The network, not in training mode; its weights as they are at the call.</param>
/// <param name="likelihood">Distribution of a pixel.</param>
public sealed class CachedSampler(PixelCnnPlusPlusNetwork network, LogisticMixture likelihood)
{
    /// <summary>Fills in images below some row; what is above stays, and is seen.</summary>
    /// <param name="start">Values 0 ... 255 <c>[N, C, H, W]</c>, floating, of the network's type.</param>
    /// <param name="rows">Rows that are known.</param>
    /// <param name="noise">Uniform on [0, 1), <c>[N, 1 + C, H, W]</c>.</param>
    /// <param name="classes">Classes <c>[N]</c>, or null.</param>
    /// <param name="context">Progress.</param>
    /// <returns>Completed values.</returns>
    public torch.Tensor Complete(torch.Tensor start, int rows, torch.Tensor noise, torch.Tensor? classes, EvaluationContext context)
    {
        using IDisposable grad = torch.no_grad();
        using IDisposable scope = torch.NewDisposeScope();
        int height = (int)start.shape[2], width = (int)start.shape[3];
        torch.Tensor x = start.clone();
        x.narrow(2, rows, height - rows).zero_();
        var entrance = new Entrance(network, x);
        var u = new RowStage(network, 0, x, (height, width), classes);
        var ul = new PixelStage(network, 0, u, x, width, classes);
        torch.Tensor exit = Matrices.Of(network.Output.Weight), bias = network.Output.Bias;
        for (int i = 0; i < height; i++)
        {
            using IDisposable row = torch.NewDisposeScope();
            u.Row(entrance.Row(i), i);
            torch.Tensor above = entrance.Above(i);
            for (int j = 0; j < width; j++)
            {
                using IDisposable step = torch.NewDisposeScope();
                torch.Tensor features = ul.Pixel(entrance.Pixel(above, i, j), i, j);
                torch.Tensor here = x.select(3, j).select(2, i);
                if (i >= rows)
                {
                    torch.Tensor parameters = bias.addmm(torch.nn.functional.elu(features, 1), exit);
                    here.copy_(likelihood.Draw(parameters, noise.select(3, j).select(2, i)));
                }

                entrance.See(here, i, j);
                context.Report((i * width) + j + 1, height * width);
            }
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The image as the network sees it, with a row of zeros above it, and the first layer of each stream.</summary>
    private sealed class Entrance(PixelCnnPlusPlusNetwork network, torch.Tensor values)
    {
        private readonly int _colours = (int)values.shape[1];
        private readonly torch.Tensor _image = Padded(values);
        private readonly ShiftedConv2d _above = network.Above;
        private readonly ShiftedConv2d _aboveHere = network.AboveHere;
        private readonly torch.Tensor _left = Matrices.Of(network.Left.Weight);

        /// <summary>u's first features in a row: of the two rows above it; nothing above the first row but the shift's zeros.</summary>
        public torch.Tensor Row(int i) => Shift(i, _above, i - 1, 2);

        /// <summary>The part of ul's first features that the row above gives.</summary>
        public torch.Tensor Above(int i) => Shift(i, _aboveHere, i, 1);

        /// <summary>ul's first features at a pixel: of the row above and of the two pixels on the left.</summary>
        public torch.Tensor Pixel(torch.Tensor above, int i, int j)
        {
            torch.Tensor x = above.select(3, j).squeeze(2);
            return j == 0 ? x : x + network.Left.Bias.addmm(_image.select(3, j - 1).narrow(2, i, 2).transpose(1, 2).reshape(x.shape[0], -1), _left);
        }

        /// <summary>Takes in a pixel.</summary>
        public void See(torch.Tensor pixel, int i, int j) => _image.select(3, j).select(2, i + 1).narrow(1, 0, _colours).copy_(LogisticMixture.Scale(pixel));

        private torch.Tensor Shift(int i, ShiftedConv2d layer, int from, int rows) => i == 0
            ? torch.zeros([_image.shape[0], layer.Bias.shape[0], 1, _image.shape[3]], _image.dtype, _image.device)
            : torch.nn.functional.conv2d(_image.narrow(2, from, rows), layer.Weight, layer.Bias, padding: [0, 1]);

        private static torch.Tensor Padded(torch.Tensor values)
        {
            torch.Tensor image = torch.zeros([values.shape[0], values.shape[1] + 1, values.shape[2] + 1, values.shape[3]], values.dtype, values.device);
            image.narrow(1, values.shape[1], 1).narrow(2, 1, values.shape[2]).fill_(1);
            return image;
        }
    }
}

/// <summary>Weights as matrices that features, put side by side, are multiplied with.</summary>
internal static class Matrices
{
    /// <summary>Of a convolution <c>[outputs, inputs, h, w]</c>: <c>[h w inputs, outputs]</c>.</summary>
    public static torch.Tensor Of(torch.Tensor weight) => weight.permute(2, 3, 1, 0).reshape(-1, weight.shape[0]).contiguous();

    /// <summary>Of a transposed convolution 2 x 2 <c>[inputs, outputs, 2, 2]</c>: <c>[inputs, 4 outputs]</c>, position by position.</summary>
    public static torch.Tensor OfTransposed(torch.Tensor weight) => weight.permute(0, 2, 3, 1).reshape(weight.shape[0], -1).contiguous();

    /// <summary>
    /// Of a 1 x 1 convolution on concat-ELU of several inputs together, <c>[x, y, -x, -y]</c>, for concat-ELU of each one, <c>[x, -x, y, -y]</c>.
    /// </summary>
    /// <param name="weight"><c>[outputs, 2A, 1, 1]</c>.</param>
    /// <param name="features">Features of one input.</param>
    /// <returns><c>[2A, outputs]</c>.</returns>
    public static torch.Tensor OfAuxiliary(torch.Tensor weight, long features) =>
        weight.reshape(weight.shape[0], 2, -1, features).transpose(1, 2).reshape(weight.shape[0], -1).t().contiguous();
}
