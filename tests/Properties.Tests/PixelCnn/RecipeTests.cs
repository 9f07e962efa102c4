using Replications.Claims;
using Replications.Datasets;
using Replications.Hosting;
using Replications.PixelCnn;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.PixelCnn;

public class RecipeTests
{
    [Theory]
    [InlineData("mnist-gated", "ClassConditional=true", "needs labels, and mnist-binarized has none")]
    [InlineData("mnist-gated", "Output=Softmax256", "Output Softmax256 is not for the values of mnist-binarized")]
    [InlineData("cifar10-pixelcnn", "Output=Bernoulli", "Output Bernoulli is not for the values of cifar10")]
    [InlineData("cifar10-pixelcnn", "HeadWidth=2", "HeadWidth must be at least 3")]
    public void A_recipe_that_does_not_go_with_its_data_is_refused_before_any_work(string experiment, string set, string reason)
    {
        string results = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        TextWriter errors = Console.Error;
        using var heard = new StringWriter();
        Console.SetError(heard);
        try
        {
            Assert.Equal(ExitCode.Usage, Host.Run(["run", "--experiment", experiment, "--profile", "paper", "--set", set, "--results", results], PixelCnnPaper.Replication));
        }
        finally
        {
            Console.SetError(errors);
        }

        Assert.Contains(reason, heard.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(results));
    }

    /// <summary>What is measured is the average: one that hardly moves measures as the weights did before they were trained.</summary>
    [Fact]
    public void The_average_of_the_weights_is_measured()
    {
        double still = 1 - 1e-12;
        Assert.Equal(Measured(0, still), Measured(5, still), 1e-6);
        Assert.NotEqual(Measured(0, 0), Measured(5, 0), 1e-3);
    }

    private static double Measured(int steps, double decay)
    {
        const string Name = "pixelcnn/mnist-pixelcnn";
        using var tiny = new TinySubject(Name, recipe: (PixelRecipe)Registry.Experiment(Name).TinyRecipe with { AverageDecay = decay });
        return tiny.Initialise().Train(steps).Evaluate(Split.Test).Single().Value;
    }
}
