using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;

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
        using TinySubject usual = Trained(name), other = Trained(name, Split.Test);
        Measurement[] values = [.. usual.Evaluate(Split.Test)], others = [.. other.Evaluate(Split.Test)];
        // A model without a likelihood may be measured by its own draws alone, such as an inception score.
        if (usual.Subject is not IDiscreteDensity && values.All(m => m.ErrorKind == Claims.ErrorKind.MetricDraws))
            return;
        bool same = values.Select(m => m.Value).SequenceEqual(others.Select(m => m.Value));
        Assert.True(same == IsIndifferent(usual), same ? "the value does not change with the examples" : "all examples are equally likely, and the value changes with them");
    }

    /// <summary>A model that has nothing to learn and to which all examples are equally likely.</summary>
    private static bool IsIndifferent(TinySubject tiny) =>
        tiny.Subject.Parameters == 0 && tiny.Subject is IDiscreteDensity density && density.LogProbability(tiny.Data.Examples(Split.Test)).Distinct().Count() == 1;

    private static TinySubject Trained(string name, Split? other = null)
    {
        TinySubject tiny = new TinySubject(name, other: other).Initialise();
        return tiny.Train(tiny.Subject.Schedule.MaxSteps);
    }
}
