using Replications.Claims;
using Replications.Toys;
using Replications.Training.Loop;

namespace Replications.Training.Tests.Loop;

public class SelectionTests
{
    [Fact]
    public void The_best_evaluation_is_selected_and_both_weights_are_measured()
    {
        using var run = new ToyRun("machine", new ToyRecipe { Steps = 40, EvaluateEvery = 4 });
        TrainingResult result = run.Start();
        MetricPoint best = run.Journal.Points.Where(p => p.Split == "valid").MinBy(p => p.Value)!;
        Assert.Equal(best.Step, result.SelectedStep);
        Assert.Equal(
            ["last valid", "last test", "selected valid", "selected test"],
            result.Measurements.Select(m => $"{m.Checkpoint} {m.Split}"));
        Assert.All(result.Measurements.Where(m => m.Checkpoint == "selected"), m => Assert.Equal(best.Step, m.Step));
        Assert.Equal(best.Value, result.Measurements.Single(m => m is { Checkpoint: "selected", Split: "valid" }).Value);
    }

    /// <summary>A training that ends with its best evaluation has the weights that a longer one selects.</summary>
    [Fact]
    public void Pictures_are_drawn_with_the_selected_weights()
    {
        using var longer = new ToyRun("machine", new ToyRecipe { Steps = 40, EvaluateEvery = 4 });
        long best = longer.Start().SelectedStep!.Value;
        Assert.InRange(best, 1, 36);
        using var shorter = new ToyRun("machine", new ToyRecipe { Steps = best, EvaluateEvery = 4 });
        Assert.Equal(best, shorter.Start().SelectedStep);
        Assert.Equal(Assert.Single(shorter.Pictures).Pixels, Assert.Single(longer.Pictures).Pixels);
    }

    [Fact]
    public void Patience_ends_the_training()
    {
        using var run = new ToyRun("machine", new ToyRecipe { Steps = 4000, EvaluateEvery = 1, Patience = 5 });
        TrainingResult result = run.Start();
        Assert.Equal(RunState.Succeeded, result.State);
        Assert.Equal(result.SelectedStep + 5, result.Steps);
    }

    [Fact]
    public void Scalars_of_steps_are_averaged_between_evaluations()
    {
        using var run = new ToyRun("game", new ToyRecipe { Steps = 8, EvaluateEvery = 4 });
        run.Start();
        // Two critic updates a step: the counter is 2, 4, 6, 8 and then 10, 12, 14, 16.
        Assert.Equal([5.0, 13.0], run.Journal.Points.Where(p => p.Metric == "critic-updates").Select(p => p.Value));
    }

    [Fact]
    public void A_model_without_steps_is_measured_once()
    {
        using var run = new ToyRun("estimate");
        TrainingResult result = run.Start();
        Assert.Equal(["train", "valid", "test"], result.Measurements.Select(m => m.Split));
        Assert.Equal(0, result.Steps);
        Assert.Null(result.SelectedStep);
    }
}
