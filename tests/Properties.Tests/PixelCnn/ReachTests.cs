using Replications.PixelCnn;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnn;

/// <summary>
/// Which pixels each network sees, row by row. Its first convolution (7 x 7, mask A) goes three columns to the left in the pixel's own row, and three either way in
/// each of the three rows above. What follows are steps from pixel to pixel, one for each layer, which may be left out since a layer adds to what came before:
/// a block of the PixelCNN (3 x 3, mask B) goes a column to the left, or a row up and at most a column either way;
/// a layer of the Gated PixelCNN goes a column to the left in its horizontal stack, and in its vertical one, which the horizontal one then reads, at most a row up and at
/// most a column either way;
/// a Row LSTM goes up as many rows as it likes, at most a column either way in each, and then at most a column to the left (its input-to-state convolution);
/// a Diagonal BiLSTM goes anywhere to the left and up, or a row up and from there anywhere to the right and up.
/// </summary>
public class ReachTests
{
    // More columns and rows than three layers of convolutions see from the middle one, and a row below.
    private const int Height = 12;
    private const int Width = 15;
    private const int Row = 10;

    /// <summary>In float32 the layers are the operators' kernels, in float64 the same as plain operators.</summary>
    public static TheoryData<PixelNetworkKind, int, torch.ScalarType> All
    {
        get
        {
            var data = new TheoryData<PixelNetworkKind, int, torch.ScalarType>();
            foreach (PixelNetworkKind kind in Enum.GetValues<PixelNetworkKind>())
            {
                for (int layers = 1; layers <= 3; layers++)
                {
                    data.Add(kind, layers, torch.ScalarType.Float32);
                    data.Add(kind, layers, torch.ScalarType.Float64);
                }
            }

            return data;
        }
    }

    /// <summary>From both ends of a row and from its middle.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_pixel_sees_what_the_layers_reach_and_nothing_else(PixelNetworkKind kind, int layers, torch.ScalarType type)
    {
        using IDisposable scope = torch.NewDisposeScope();
        PixelRecipe recipe = Networks.Recipe(kind, PixelOutput.Bernoulli, fused: true) with { Layers = layers };
        PixelNetwork network = Networks.Random(recipe, new ImageShape(1, Height, Width)).to(type);
        // Many images: a ReLU closes some ways at each one.
        torch.Tensor x = torch.randn(32, 1, Height, Width).to(type).requires_grad_();
        torch.Tensor logits = network.call(x, null);
        foreach (int column in (int[])[0, Width / 2, Width - 1])
        {
            torch.Tensor jacobian = torch.autograd.grad([logits.select(3, column).select(2, Row).sum()], [x], retain_graph: true)[0].abs().sum(dim: 0);
            double[] influence = jacobian.to(torch.ScalarType.Float64).reshape(Height * Width).contiguous().data<double>().ToArray();
            string expected = Picture((i, j) => Reached(kind, layers, column, Row - i) is var (first, last) && j >= first && j <= last);
            Assert.Equal(expected, Picture((i, j) => influence[(i * Width) + j] > 0));
        }
    }

    /// <summary>First and last column that a pixel sees of the row some rows above its own, the sides of the image aside; the last before the first where it sees none.</summary>
    private static (int First, int Last) Reached(PixelNetworkKind kind, int layers, int column, int up) => (kind, up) switch
    {
        (_, < 0) => (0, -1),
        // All to the left at once.
        (PixelNetworkKind.DiagonalBiLstm, 0) => (0, column - 1),
        // In its own row three columns by the first convolution, one more by each layer.
        (_, 0) => (column - 3 - layers, column - 1),
        // To the right a step takes a row as well: the first one three columns, each further one a column. What lies beyond is the blind spot.
        (PixelNetworkKind.PixelCnn, _) when up <= 3 + layers => (column - 3 - layers, column + 3 + Math.Min(up - 1, layers)),
        // The vertical stack goes either way in any row.
        (PixelNetworkKind.Gated, _) when up <= 3 + layers => (column - 3 - layers, column + 3 + layers),
        // A column in each row, either way, whatever the depth; to the left one more by each layer's input-to-state convolution.
        (PixelNetworkKind.RowLstm, _) => (column - 3 - layers - up, column + 2 + up),
        // The last pixel of the row above is shown by the first convolution to pixels below it alone, three columns to its left at most.
        (PixelNetworkKind.DiagonalBiLstm, 1) => (0, Math.Max(Width - 2, column + 3)),
        (PixelNetworkKind.DiagonalBiLstm, _) => (0, Width - 1),
        _ => (0, -1),
    };

    private static string Picture(Func<int, int, bool> isSeen) =>
        string.Join('\n', Enumerable.Range(0, Height).Select(i => string.Concat(Enumerable.Range(0, Width).Select(j => isSeen(i, j) ? '#' : '.'))));
}
