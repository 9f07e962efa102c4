using Replications.Claims;
using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Every;

/// <summary>A model given classes learns from them and is measured with the class of each image; any other knows nothing of them.</summary>
public class ConditionalTests
{
    // More than are evaluated at once.
    private const int Count = 230;

    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Labels_are_learnt_from_by_the_models_that_declare_it_and_by_no_other(string name)
    {
        using TinySubject usual = new TinySubject(name).Initialise().Train(6), relabelled = new TinySubject(name, relabelled: true).Initialise().Train(6);
        bool same = usual.State().AsSpan().SequenceEqual(relabelled.State());
        Assert.True(same != IsConditional(usual), same ? "it is given classes and learns nothing from them" : $"it learns from labels: declare {nameof(IConditional)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_image_is_measured_with_its_own_class(string name)
    {
        using (var tiny = new TinySubject(name))
        {
            if (!IsConditional(tiny))
                return;
        }

        var random = new Random(3);
        TinyData data = new(Registry.Experiment(name), square: true, TestDevice.Device);
        int d = data.Dimensions;
        long[] labels = [.. Enumerable.Range(0, Count).Select(_ => (long)random.Next(2))];
        double[] images = [.. Enumerable.Range(0, Count * d).Select(_ => Share(random.Next(256)))];
        double[] Measured(int[] which, Func<int, long> label) => Measure(name, data, [.. which.SelectMany(i => images[(d * i)..((d * i) + d)])], [.. which.Select(label)]);

        int[] all = [.. Enumerable.Range(0, Count)];
        int[] first = [.. all.Where(i => labels[i] == 0)], second = [.. all.Where(i => labels[i] == 1)];
        double[] whole = Measured(all, i => labels[i]), swapped = Measured(all, i => 1 - labels[i]), zeros = Measured(first, _ => 0), ones = Measured(second, _ => 1);
        Assert.NotEmpty(whole);
        for (int m = 0; m < whole.Length; m++)
        {
            double parts = ((zeros[m] * first.Length) + (ones[m] * second.Length)) / Count;
            Assert.Equal(parts, whole[m], 1e-6 * Math.Abs(whole[m]));
            Assert.NotEqual(swapped[m], whole[m], 1e-5 * Math.Abs(whole[m]));
        }
    }

    /// <summary>Trains on images whose class is their brightness, and measures those given as the test split: what is a mean over examples.</summary>
    private static double[] Measure(string name, TinyData data, double[] images, long[] labels)
    {
        const int Train = 64;
        double[] train = [.. Enumerable.Range(0, Train * data.Dimensions).Select(i => Share(i / data.Dimensions % 2 == 0 ? 40 : 200))];
        DataSet set = data.Of(
            new Dictionary<Split, double[]> { [Split.Train] = train, [Split.Test] = images },
            new Dictionary<Split, long[]> { [Split.Train] = [.. Enumerable.Range(0, Train).Select(i => i % 2L)], [Split.Test] = labels });
        using var tiny = new TinySubject(name, data: set);
        return [.. tiny.Initialise().Train(8).Evaluate(Split.Test).Where(m => m.ErrorKind == ErrorKind.TestPoints).Select(m => m.Value)];
    }

    /// <summary>The middle of a grey level, as a share of all.</summary>
    private static double Share(int grey) => (grey + 0.5) / 256;

    private static bool IsConditional(TinySubject tiny) => tiny.Subject is IConditional { IsConditional: true };
}
