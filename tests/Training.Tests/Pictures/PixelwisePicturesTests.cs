using Replications.Datasets;
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
        using DataSet data = Data(torch.ones(3, 1, 1, 1));
        var pictures = new PixelwisePictures(data, [1, 1, 1], 3, Fill);
        Picture picture = pictures.Samples(3, "x");
        Assert.Equal("class-samples", picture.Name);
        byte[] line = [.. picture.Pixels.Take(picture.Width).Where((_, i) => i % 2 == 0)];
        Assert.Equal([0, 85, 170, 0, 85, 170, 0, 85, 170, 0], line);
        Picture plain = pictures.Samples(null, "x");
        Assert.Equal("samples", plain.Name);
        Assert.Equal(40, plain.Pixels.Count(p => p == 255));
    }

    [Fact]
    public void Completions_keep_the_upper_half_and_stand_below_their_image()
    {
        using var scope = torch.NewDisposeScope();
        // Flat images of two pixels, of which every second is shown, and one that is black among those.
        torch.Tensor images = torch.ones(20, 2);
        images[18] = torch.zeros(2);
        using DataSet data = Data(images);
        var pictures = new PixelwisePictures(data, [1, 2, 1], 3, Fill);
        Picture picture = pictures.Completed(true);
        byte[] Column(int i) => [.. Enumerable.Range(0, picture.Height).Where(y => y % 3 != 2).Select(y => picture.Pixels[(y * picture.Width) + (2 * i)])];
        // Image, image with its lower half grey, three completions: two rows each. Shown are the images 2 and 9, of classes 4 and 18, modulo 4.
        Assert.Equal([85, 85, 85, 128, 85, 0, 85, 0, 85, 0], Column(2));
        Assert.Equal([0, 0, 0, 128, 0, 170, 0, 170, 0, 170], Column(9));
        Assert.Equal(1, data.Examples(Split.Test)[0, 1].ToDouble());
        picture = pictures.Completed(false);
        Assert.Equal([0, 0, 0, 128, 0, 255, 0, 255, 0, 255], Column(9));
    }

    /// <summary>Test images, each of the class that is its number modulo 4.</summary>
    private static DataSet Data(torch.Tensor images) => new(
        "made-up",
        new Dictionary<Split, torch.Tensor> { [Split.Test] = images },
        new Dictionary<Split, torch.Tensor> { [Split.Test] = torch.arange(images.shape[0], torch.ScalarType.Int64).remainder(4) });
}
