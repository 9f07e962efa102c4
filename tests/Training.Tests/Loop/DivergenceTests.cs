using Replications.Claims;
using Replications.Toys;
using Replications.Training.Loop;

namespace Replications.Training.Tests.Loop;

public class DivergenceTests
{
    [Theory]
    [InlineData("autoencoder")]
    [InlineData("game")]
    [InlineData("mixture")]
    [InlineData("machine")]
    [InlineData("scaled")]
    public void A_loss_that_is_not_finite_stops_the_run_at_its_step(string toy)
    {
        using var run = new ToyRun(toy, new ToyRecipe { NanAt = 6 });
        TrainingResult result = run.Start();
        Assert.Equal(RunState.Diverged, result.State);
        Assert.Equal(6, result.Divergence?.Step);
        Assert.Equal("loss", result.Divergence?.Quantity);
        Assert.Equal(6, result.Steps);
        Assert.Equal(6, run.Journal.SavedSteps[^1]);
    }

    [Fact]
    public void The_last_checkpoint_stays_and_the_next_start_diverges_at_the_same_step()
    {
        using var run = new ToyRun("autoencoder", new ToyRecipe { NanAt = 6 });
        run.Start();
        TrainingResult again = run.Start();
        Assert.Equal(6, run.Journal.BeganAt);
        Assert.Equal(6, again.Divergence?.Step);
    }

    [Fact]
    public void A_learning_rate_without_sense_is_found_out()
    {
        using var run = new ToyRun("autoencoder", new ToyRecipe { LearningRate = 1e38, Pace = Pace.Constant });
        Assert.Equal(RunState.Diverged, run.Start().State);
    }
}
