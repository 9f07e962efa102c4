using Replications.PixelCnnPlusPlus;
using TorchSharp;

namespace Replications.Properties.Tests.PixelCnnPlusPlus;

/// <summary>
/// In float32, in which the network trains, with images of 256 pixels: from there on the blocks multiply four pixels of a row at once where something is learned
/// (shared/Torch/native/resnet), and a pixel's rounding may depend on others of its row. Rows keep apart even so, and where nothing is learned pixels do.
/// </summary>
public class KernelTests
{
    private const int Size = 16, Images = 3, Filters = 16;

    // Of sums of some hundred products that are about one: some roundings of float32 in the seventh digit, and a digit to spare.
    private const double BlockRounding = 1e-5;

    // Of the largest parameter: more than such roundings grow to in the eight blocks of either stream. What a pixel does see moves it by a hundred times as much.
    private const double NetworkRounding = 1e-4;

    /// <summary>Where images are given another end: in the first row, within a row and within four pixels, where a row begins, and at the last pixel.</summary>
    public static TheoryData<ShiftKind, int, int> Ends
    {
        get
        {
            var data = new TheoryData<ShiftKind, int, int>();
            foreach (ShiftKind kind in Enum.GetValues<ShiftKind>())
            {
                data.Add(kind, 0, 5);
                data.Add(kind, 7, 10);
                data.Add(kind, 12, 0);
                data.Add(kind, Size - 1, Size - 1);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_block_sees_no_row_below_its_own_and_no_column_that_it_should_not(ShiftKind kind, int row, int column)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        using var block = new GatedResnet(kind, Filters, Filters, 0, 0);
        block.eval();
        torch.Tensor x = torch.randn(Images, Filters, Size, Size), beside = torch.randn(Images, Filters, Size, Size);
        torch.Tensor otherX = WithAnotherEnd(x, row, column), otherBeside = WithAnotherEnd(beside, row, column);
        // Each of the two convolutions of u sees one column to the right.
        int unseen = Math.Max(column - (kind == ShiftKind.Down ? 2 : 0), 0);

        (double Above, double Left, double Seen) Differences()
        {
            torch.Tensor both = (block.call(x, [beside], null) - block.call(otherX, [otherBeside], null)).detach().abs();
            torch.Tensor line = both.narrow(2, row, 1);
            return (Most(both.narrow(2, 0, row)), Most(line.narrow(3, 0, unseen)), Most(line.narrow(3, unseen, 1)));
        }

        (double above, double left, double seen) = Differences();
        Assert.Equal(0, above);
        Assert.InRange(left, 0, BlockRounding);
        Assert.InRange(seen, 1000 * BlockRounding, double.MaxValue);
        using IDisposable still = torch.no_grad();
        (above, left, seen) = Differences();
        Assert.Equal(0, above);
        Assert.Equal(0, left);
        Assert.InRange(seen, 1000 * BlockRounding, double.MaxValue);
    }

    /// <summary>
    /// Here a tolerance is left where nothing is learned, too: between the blocks stand libtorch's convolutions, and how these round is not ours to say. In training
    /// both passes drop the same features.
    /// </summary>
    [Theory]
    [InlineData(false, 0, 5)]
    [InlineData(false, 7, 10)]
    [InlineData(false, 12, 0)]
    [InlineData(true, 0, 5)]
    [InlineData(true, 7, 10)]
    [InlineData(true, 12, 0)]
    public void The_network_says_nothing_of_a_pixel_that_depends_on_it_or_on_those_after_it(bool learned, int row, int column)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable? still = learned ? null : torch.no_grad();
        PixelCnnPlusPlusRecipe recipe = Small.Recipe with { Filters = Filters, Resnets = 1, ClassConditional = true };
        PixelCnnPlusPlusNetwork network = Small.Random(recipe, 3).to(torch.ScalarType.Float32);
        network.train(learned);
        torch.Tensor x = LogisticMixture.Scale(torch.randint(0, 256, [Images, 3, Size, Size]).to(torch.ScalarType.Float32));
        torch.Tensor other = WithAnotherEnd(x, row, column);
        torch.Tensor Parameters(torch.Tensor images)
        {
            torch.manual_seed(5);
            return network.call(images, Small.Classes(recipe, Images)).detach();
        }

        torch.Tensor parameters = Parameters(x);
        torch.Tensor both = (parameters - Parameters(other)).abs() / parameters.abs().max();
        int first = (row * Size) + column;
        torch.Tensor inOrder = both.reshape(Images, -1, Size * Size);
        Assert.InRange(Most(inOrder.narrow(2, 0, first + 1)), 0, NetworkRounding);
        Assert.InRange(Most(inOrder.narrow(2, first + 1, 1)), 100 * NetworkRounding, double.MaxValue);
    }

    /// <summary>The same up to a pixel, which is another one, as are all after it in the order of rows and columns.</summary>
    private static torch.Tensor WithAnotherEnd(torch.Tensor images, int row, int column)
    {
        torch.Tensor later = torch.arange(Size * Size, torch.ScalarType.Int64).reshape(Size, Size) >= (row * Size) + column;
        return torch.where(later, torch.randn_like(images), images);
    }

    private static double Most(torch.Tensor differences) => differences.numel() == 0 ? 0 : differences.max().ToDouble();
}
