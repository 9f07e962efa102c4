using Replications.Datasets;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.Every;

/// <summary>No model learns from what it is judged on, and what is called a split's value is taken on that split.</summary>
public class SplitTests
{
    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Test_examples_have_no_say_in_training(string name)
    {
        using TinySubject usual = Trained(name), other = Trained(name, Split.Test);
        Assert.False(usual.Subject.Schedule is { SelectOn: not null, EvaluateOn: Split.Test }, "weights are selected on test");
        Assert.Equal(usual.State(), other.State());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_value_of_test_is_that_of_the_test_examples(string name)
    {
        // Every value is equally likely to it, whatever the examples are.
        if (name == "baselines/cifar10-uniform")
            return;
        using TinySubject usual = Trained(name), other = Trained(name, Split.Test);
        Assert.NotEqual(usual.Evaluate(Split.Test).Select(m => m.Value), other.Evaluate(Split.Test).Select(m => m.Value));
    }

    private static TinySubject Trained(string name, Split? other = null)
    {
        TinySubject tiny = new TinySubject(name, other: other).Initialise();
        return tiny.Train(tiny.Subject.Schedule.MaxSteps);
    }
}
