using TorchSharp;

namespace Replications.Datasets.Tests.Loading;

public class ClassesTests
{
    [Fact]
    public void Labels_beyond_the_classes_are_refused_with_split_and_range()
    {
        using DataSet data = Labelled(test: [0, 4, 2]);
        data.RequireClasses(5);
        string message = Assert.Throws<ArgumentException>(() => data.RequireClasses(4)).Message;
        Assert.Contains("labels of the Test split of data set 'made-up' go from 0 to 4, and there are to be 4 classes", message, StringComparison.Ordinal);
        using DataSet negative = Labelled(test: [0, -1]);
        Assert.Throws<ArgumentException>(() => negative.RequireClasses(5));
    }

    [Fact]
    public void A_split_without_labels_is_refused()
    {
        using DataSet data = Labelled(test: null);
        Assert.Contains("no labels for its Test split", Assert.Throws<ArgumentException>(() => data.RequireClasses(5)).Message, StringComparison.Ordinal);
    }

    private static DataSet Labelled(long[]? test)
    {
        var labels = new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.tensor(new long[] { 0, 1 }) };
        if (test is not null)
            labels[Split.Test] = torch.tensor(test);
        return new DataSet("made-up", new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.zeros(2, 1), [Split.Test] = torch.zeros(test?.Length ?? 1, 1) }, labels);
    }
}
