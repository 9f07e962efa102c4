using Replications.Claims;
using Replications.Hosting;
using Replications.PixelCnn;

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
}
