using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Tests.Pictures;

public class TilesTests
{
    /// <summary>Three grey images of 1 x 2 in two columns: a dark line between them, and where the fourth would be.</summary>
    [Fact]
    public void Grey_tiles_stand_row_by_row()
    {
        using torch.Tensor images = torch.tensor([0f, 1f, 2f, 0.2f, 0.4f, -1f]).reshape(3, 1, 2);
        Picture picture = Tiles.Grey("name", "title", "caption", images, 2);
        Assert.Equal((5, 3, 1), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal([0, 255, 64, 255, 51, 64, 64, 64, 64, 64, 102, 0, 64, 64, 64], picture.Pixels);
    }

    /// <summary>Planes of red, green and blue become triples.</summary>
    [Fact]
    public void Colours_of_a_pixel_stand_together()
    {
        using torch.Tensor images = torch.tensor([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f]).reshape(1, 3, 1, 2);
        Picture picture = Tiles.Colour("name", "title", "caption", images, 1);
        Assert.Equal((2, 1, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal([0, 102, 204, 51, 153, 255], picture.Pixels);
        using torch.Tensor grey = torch.zeros(1, 1, 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tiles.Colour("name", "title", "caption", grey, 1));
    }
}
