using Replications.Training.Pictures;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Tests.Pictures;

public class PixelwisePicturesTests
{
    /// <summary>A model that fills what it does not know with the largest value of its classes.</summary>
    private static torch.Tensor Fill(torch.Tensor start, int rows, torch.Tensor? classes)
    {
        torch.Tensor images = start.clone();
        torch.Tensor rest = images.narrow(2, rows, images.shape[2] - rows);
        rest.copy_(classes is null ? torch.full_like(rest, 3f) : classes.reshape(-1, 1, 1, 1).to(torch.ScalarType.Float32).expand_as(rest));
        return images;
    }

    [Fact]
    public void A_column_of_samples_is_a_class()
    {
        using var scope = torch.NewDisposeScope();
        Picture picture = new PixelwisePictures(1, 3, Fill).Samples(torch.ones(1, 1, 1), 3, "x");
        Assert.Equal("class-samples", picture.Name);
        byte[] line = [.. picture.Pixels.Take(picture.Width).Where((_, i) => i % 2 == 0)];
        Assert.Equal([0, 85, 170, 0, 85, 170, 0, 85, 170, 0], line);
        Picture plain = new PixelwisePictures(1, 3, Fill).Samples(torch.ones(1, 1, 1), null, "x");
        Assert.Equal("samples", plain.Name);
        Assert.Equal(40, plain.Pixels.Count(p => p == 255));
    }

    [Fact]
    public void Completions_keep_the_upper_half_and_stand_below_their_image()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor images = torch.ones(PixelwisePictures.Occluded, 1, 2, 1);
        images[9] = torch.zeros(1, 2, 1);
        torch.Tensor classes = torch.arange(PixelwisePictures.Occluded, torch.ScalarType.Int64).remainder(4);
        Picture picture = new PixelwisePictures(2, 3, Fill).Completed(images, classes);
        byte[] Column(int i) => [.. Enumerable.Range(0, picture.Height).Where(y => y % 3 != 2).Select(y => picture.Pixels[(y * picture.Width) + (2 * i)])];
        // Image, image with its lower half grey, three completions: two rows each.
        Assert.Equal([85, 85, 85, 128, 85, 170, 85, 170, 85, 170], Column(2));
        Assert.Equal([0, 0, 0, 128, 0, 85, 0, 85, 0, 85], Column(9));
        Assert.Equal(1, images[0, 0, 1, 0].ToDouble());
    }
}
