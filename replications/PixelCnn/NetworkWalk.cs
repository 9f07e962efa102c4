using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>A network that goes over images pixel by pixel, row by row; see <see cref="IWalk"/>.</summary>
/// <param name="layers">The first layer, which sees the image, and those connected to the output.</param>
/// <param name="head">Their matrices in the first convolution of the head.</param>
/// <param name="logits">The last convolution.</param>
internal sealed class NetworkWalk(IReadOnlyList<IWalk> layers, IReadOnlyList<ConvolutionWalk> head, ConvolutionWalk logits)
{
    /// <summary>Begins a row, when all pixels of the one above have been passed.</summary>
    public void Row()
    {
        Tensor? vertical = null;
        foreach (IWalk layer in layers)
            vertical = layer.Row(vertical);
    }

    /// <summary>Goes to a pixel that is known.</summary>
    /// <param name="pixel">The pixel, scaled, <c>[N, C]</c>.</param>
    /// <param name="j">Its column.</param>
    public void Pass(Tensor pixel, int j)
    {
        foreach (IWalk layer in layers)
            pixel = layer.Pixel(pixel, j);
    }

    /// <summary>Goes to a pixel and tells what it may be.</summary>
    /// <param name="pixel">The pixel, scaled, <c>[N, C]</c>; of colours that are not known yet anything.</param>
    /// <param name="j">Its column.</param>
    /// <returns>Logits, <c>[N, C K]</c>, right for the first colour that is not known.</returns>
    public Tensor Logits(Tensor pixel, int j)
    {
        Tensor x = layers[0].Pixel(pixel, j);
        Tensor? sum = null;
        for (int l = 1; l < layers.Count; l++)
        {
            x = layers[l].Pixel(x, j);
            Tensor part = head[l - 1].Pixel(functional.relu(x), j);
            sum = sum is null ? part : sum + part;
        }

        return logits.Pixel(functional.relu(sum!), j);
    }

    /// <summary>Takes in the last colour of a pixel whose logits have been asked for with all others known: no feature there depends on it, so the first layer alone need know.</summary>
    /// <param name="pixel">The pixel, scaled, <c>[N, C]</c>.</param>
    /// <param name="j">Its column.</param>
    public void See(Tensor pixel, int j) => layers[0].Pixel(pixel, j);
}

/// <summary>
/// A layer that goes over images pixel by pixel and keeps of each what later ones read. It may be sent to a pixel several times, one after another, as
/// colours become known: the last time counts.
/// </summary>
internal interface IWalk
{
    /// <summary>Begins a row, when all pixels of the one above have been passed.</summary>
    /// <param name="vertical">The vertical stack of the layer before in this row, <c>[N, features, 1, W]</c>, or null where there is none.</param>
    /// <returns>The vertical stack of this layer, or null. What is made here lives until the next row begins.</returns>
    Tensor? Row(Tensor? vertical);

    /// <summary>The layer's output at a pixel.</summary>
    /// <param name="x">Its input there, <c>[N, inputs]</c>.</param>
    /// <param name="j">Column.</param>
    /// <returns><c>[N, outputs]</c>.</returns>
    Tensor Pixel(Tensor x, int j);
}

/// <summary>A masked convolution at a pixel: the product of what its taps read with a matrix.</summary>
internal sealed class ConvolutionWalk : IWalk
{
    private readonly Tensor _matrix;
    private readonly Tensor? _bias;
    private readonly Tensor? _seen;
    private readonly int _columns;

    /// <summary>Makes room for what it sees, zeros at first.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="images">Images that are drawn.</param>
    public ConvolutionWalk(MaskedConv2d layer, Tensor images)
    {
        // The rows of taps below the middle one are all masked.
        Tensor weight = layer.Weight;
        int rows = ((int)weight.shape[2] / 2) + 1;
        Inputs = weight.shape[1];
        _columns = (int)weight.shape[3];
        _matrix = weight.narrow(2, 0, rows).permute(2, 3, 1, 0).reshape(-1, weight.shape[0]).contiguous();
        _bias = layer.Bias;
        // With columns of zeros on both sides; a 1 x 1 convolution reads its pixel alone.
        if (rows * _columns > 1)
            _seen = zeros([images.shape[0], rows, images.shape[3] + _columns - 1, Inputs], images.dtype, images.device);
    }

    /// <summary>Features in.</summary>
    public long Inputs { get; }

    /// <inheritdoc/>
    public Tensor? Row(Tensor? vertical)
    {
        if (_seen is null)
            return null;
        MoveUp(_seen, 1);
        // Masked taps read what is on the right: zeros, so that a NaN of the row above stays where it was.
        _seen.select(1, _seen.shape[1] - 1).zero_();
        return null;
    }

    /// <inheritdoc/>
    public Tensor Pixel(Tensor x, int j)
    {
        if (_seen is not null)
        {
            _seen.select(1, _seen.shape[1] - 1).select(1, j + (_columns / 2)).copy_(x);
            x = _seen.narrow(2, j, _columns).reshape(x.shape[0], -1);
        }

        return _bias is null ? x.mm(_matrix) : _bias.addmm(x, _matrix);
    }

    /// <summary>Makes way for a row: each takes the place of the one above it, and the last one stays as well.</summary>
    /// <param name="map">Any map.</param>
    /// <param name="dimension">Which of its dimensions are the rows.</param>
    public static void MoveUp(Tensor map, long dimension)
    {
        for (int r = 1; r < map.shape[dimension]; r++)
            map.select(dimension, r - 1).copy_(map.select(dimension, r));
    }
}
