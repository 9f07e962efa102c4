using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Every;

/// <summary>A model given classes is measured with the class of each image.</summary>
public class ConditionalTests
{
    // More than are evaluated at once.
    private const int Count = 230;

    public static TheoryData<string> Names => Registry.NamesWhere(IsConditional);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_image_is_measured_with_its_own_class(string name)
    {
        var random = new Random(3);
        long[] labels = [.. Enumerable.Range(0, Count).Select(_ => (long)random.Next(2))];
        byte[] images = [.. Enumerable.Range(0, Count * 4).Select(_ => (byte)random.Next(256))];
        double Measured(IEnumerable<int> which, Func<int, long> label) => Measure(name, [.. which.SelectMany(i => images[(4 * i)..((4 * i) + 4)])], [.. which.Select(label)]);

        IEnumerable<int> all = Enumerable.Range(0, Count);
        int[] first = [.. all.Where(i => labels[i] == 0)], second = [.. all.Where(i => labels[i] == 1)];
        double whole = Measured(all, i => labels[i]);
        double parts = ((Measured(first, _ => 0) * first.Length) + (Measured(second, _ => 1) * second.Length)) / Count;
        Assert.Equal(parts, whole, 1e-6 * whole);
        Assert.NotEqual(Measured(all, i => 1 - labels[i]), whole, 1e-5 * whole);
    }

    /// <summary>Trains on images whose class is their brightness, and measures those given as the test split.</summary>
    private static double Measure(string name, byte[] images, long[] labels)
    {
        static torch.Tensor Images(byte[] values) => torch.tensor(values, device: TestDevice.Device).reshape(-1, 1, 2, 2);
        byte[] train = [.. Enumerable.Range(0, 64 * 4).Select(i => (byte)(i / 4 % 2 == 0 ? 40 : 200))];
        var data = new DataSet(
            Registry.Experiment(name).Dataset,
            new Dictionary<Split, torch.Tensor> { [Split.Train] = Images(train), [Split.Test] = Images(images) },
            new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.arange(64, torch.ScalarType.Int64, TestDevice.Device) % 2, [Split.Test] = torch.tensor(labels, device: TestDevice.Device) });
        using var tiny = new TinySubject(name, data: data);
        return tiny.Initialise().Train(8).Evaluate(Split.Test).Single().Value;
    }

    private static bool IsConditional(Recipe recipe) => recipe.GetType().GetProperty("ClassConditional")?.GetValue(recipe) is true;
}
