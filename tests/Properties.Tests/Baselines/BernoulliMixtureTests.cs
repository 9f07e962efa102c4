using Replications.Baselines;
using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Baselines;

public class BernoulliMixtureTests
{
    [Fact]
    public void No_pass_of_EM_loses_likelihood()
    {
        using TinySubject tiny = new("baselines/mnist-mob10");
        // Next to no smoothing, under which EM is plain maximum likelihood.
        using var mixture = new BernoulliMixture(new MixtureRecipe { Components = 3, Smoothing = 1e-6 }, new SubjectContext(tiny.Data, torch.CPU, 1));
        torch.manual_seed(3);
        mixture.Initialise(new StepContext(1, 0, 1));
        double before = double.PositiveInfinity;
        for (int pass = 0; pass < 30; pass++)
        {
            double loss = mixture.Step(new StepContext(1, pass, 1))["loss"];
            Assert.True(loss <= before + 1e-6, $"pass {pass}: {before} to {loss}");
            before = loss;
        }
    }

    [Fact]
    public void One_component_is_the_independent_model()
    {
        using TinySubject bernoulli = new TinySubject("baselines/mnist-bernoulli").Initialise();
        using var mixture = new BernoulliMixture(new MixtureRecipe { Components = 1, Smoothing = 1 }, new SubjectContext(bernoulli.Data, torch.CPU, 1));
        mixture.Initialise(new StepContext(1, 0, 1));
        mixture.Step(new StepContext(1, 0, 1));
        torch.Tensor test = bernoulli.Data.Examples(Split.Test);
        double[] expected = ((IDiscreteDensity)bernoulli.Subject).LogProbability(test), actual = mixture.LogProbability(test);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4);
    }

    [Fact]
    public void Two_kinds_of_examples_become_two_components()
    {
        byte[] rows = [.. Enumerable.Range(0, 100).SelectMany(n => n % 4 == 0 ? new byte[] { 1, 1, 1, 0, 0, 0 } : [0, 0, 0, 1, 1, 1])];
        using var data = new DataSet("two-kinds", new Dictionary<Split, torch.Tensor> { [Split.Train] = torch.tensor(rows).reshape(100, 6) });
        using var mixture = new BernoulliMixture(new MixtureRecipe { Components = 4, Smoothing = 1e-3 }, new SubjectContext(data, torch.CPU, 1));
        torch.manual_seed(1);
        mixture.Initialise(new StepContext(1, 0, 1));
        for (int pass = 0; pass < 50; pass++)
            mixture.Step(new StepContext(1, pass, 1));
        using torch.Tensor kinds = data.Examples(Split.Train)[..2].clone();
        double[] p = mixture.LogProbability(kinds);
        Assert.Equal(Math.Log(0.25), p[0], 0.01);
        Assert.Equal(Math.Log(0.75), p[1], 0.01);
    }
}
