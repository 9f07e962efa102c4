using Replications.Datasets.Registry;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Every;

/// <summary>What training must do to any model's state, and must not.</summary>
public class TrainingTests
{
    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_tiny_recipe_is_tiny_and_sound(string name)
    {
        Assert.Empty(Registry.Experiment(name).TinyRecipe.Problems());
        using var tiny = new TinySubject(name);
        Assert.InRange(tiny.Subject.Parameters, 0, 20_000);
        Assert.InRange(tiny.Subject.Schedule.MaxSteps, 0, 1000);
        Assert.InRange(tiny.Subject.Schedule.UpdatesPerStep, 1, 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_weight_moves_and_stays_finite(string name)
    {
        using TinySubject tiny = new(name, square: true);
        if (tiny.Subject.Parameters == 0)
            return;
        using IDisposable scope = torch.NewDisposeScope();
        Dictionary<string, torch.Tensor> before = tiny.Weights();
        tiny.Initialise().Train(8);
        foreach ((string key, torch.Tensor after) in tiny.Weights())
        {
            Assert.True((after != before[key]).any().ToBoolean(), $"{key} did not move");
            Assert.True(torch.isfinite(after).all().ToBoolean(), $"{key} is not finite");
        }
    }

    /// <summary>
    /// What is trained by gradient ends elsewhere when it begins at the same place and learns from other examples. Weight decay would move a weight too that
    /// the examples have no say in, and move it to the same place.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_the_examples_reach_every_parameter(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject one = new TinySubject(name, square: true).Initialise(), other = new TinySubject(name, square: true, other: Datasets.Split.Train).Initialise();
        // Nothing is differentiated: that every weight moves is all that is asked.
        if (one.ByGradient().Count == 0)
            return;
        // An initialisation from the data is no gradient.
        other.Put(one.Weights());
        one.Train(8);
        other.Train(8);
        Assert.All(one.ByGradient().Zip(other.ByGradient()), pair =>
            Assert.True((pair.First.Value != pair.Second.Value).any().ToBoolean(), $"no gradient of the examples reaches {pair.First.Key}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_trains_to_the_same_bytes_and_another_to_others(string name)
    {
        using TinySubject one = new TinySubject(name).Initialise().Train(6), again = new TinySubject(name).Initialise().Train(6);
        Assert.Equal(one.State(), again.State());
        using TinySubject other = new TinySubject(name, seed: 2).Initialise().Train(6);
        Assert.Equal(Registry.Experiment(name).Deterministic, one.State().AsSpan().SequenceEqual(other.State()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_no_tensor_behind(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(3);
        if (tiny.Subject.Schedule.MaxSteps == 0)
            return;
        long before = Living();
        tiny.Train(3, from: 3);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Measuring_and_drawing_leave_the_state_as_it_was_and_repeat(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(4);
        byte[] before = tiny.State();
        foreach (Datasets.Split split in tiny.Subject.Schedule.MeasureAtEnd)
            Assert.Equal(tiny.Evaluate(split), tiny.Evaluate(split));
        tiny.Evaluate(tiny.Subject.Schedule.MeasureAtEnd[0], final: false);
        Assert.Equal(tiny.Draw().Select(picture => picture.Pixels), tiny.Draw().Select(picture => picture.Pixels));
        Assert.Equal(before, tiny.State());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Measuring_and_drawing_leave_no_tensor_behind(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(4);
        Datasets.Split split = tiny.Subject.Schedule.MeasureAtEnd[0];
        tiny.Evaluate(split);
        long before = Living();
        using (torch.NewDisposeScope())
        {
            tiny.Evaluate(split);
            tiny.Draw();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_the_data_stops_before_the_update(string name)
    {
        using TinySubject tiny = new(name, poisoned: true);
        if (tiny.Subject.Parameters == 0)
            return;
        // Bits drawn from grey levels are never NaN; a weight may become it.
        bool inWeight = tiny.Data.Kind is ValueKind.DynamicBits;
        using IDisposable scope = torch.NewDisposeScope();
        byte[] before = [];
        DivergedException diverged = Assert.Throws<DivergedException>(() =>
        {
            before = tiny.State();
            tiny.Initialise();
            if (inWeight)
                tiny.PoisonWeight();
            for (long step = 0; step < tiny.Subject.Schedule.StepsPerEpoch; step++)
            {
                before = tiny.State();
                tiny.Train(1, from: step);
            }
        });
        Assert.NotEmpty(diverged.Quantity);
        // Of several updates in a step, those before the one that stopped were made, and rightly.
        if (inWeight || tiny.Subject.Schedule.UpdatesPerStep <= 1)
            Assert.Equal(before, tiny.State());
        else
            Assert.All(tiny.Weights(), weight => Assert.True(torch.isfinite(weight.Value).all().ToBoolean(), $"{weight.Key} is not finite"));
    }

    /// <summary>Tensors alive, once those that earlier tests left to the finaliser are gone.</summary>
    private static long Living()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
