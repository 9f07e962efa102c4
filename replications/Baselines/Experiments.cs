using Replications.Hosting.Experiments;

namespace Replications.Baselines;

/// <summary>The floor and the reference points that later models stand on: five densities fitted in closed form or by EM.</summary>
public static class BaselinesPaper
{
    /// <summary>What the host runs.</summary>
    public static Replication Replication { get; } = new(
        "baselines",
        "van den Oord et al., Pixel Recurrent Neural Networks, ICML 2016; Salakhutdinov and Hinton, Deep Boltzmann Machines, AISTATS 2009",
        [
            new Experiment<UniformRecipe>
            {
                Name = "cifar10-uniform",
                Title = "Uniform distribution over 8-bit images",
                Dataset = "cifar10",
                Deterministic = true,
                Paper = new(),
                Quick = new(),
                Subject = (_, context) => new Uniform(context.Data),
            },
            new Experiment<FullGaussianRecipe>
            {
                Name = "cifar10-gaussian",
                Title = "Gaussian with full covariance on dequantised pixels",
                Dataset = "cifar10",
                Deterministic = true,
                Paper = new(),
                Quick = new(),
                Subject = (recipe, context) => new FullGaussian(recipe, context),
            },
            new Experiment<IndependentBernoulliRecipe>
            {
                Name = "mnist-bernoulli",
                Title = "Independent Bernoulli pixels",
                Dataset = "mnist-binarized",
                Deterministic = true,
                Paper = new(),
                Quick = new(),
                Subject = (recipe, context) => new IndependentBernoulli(recipe, context),
            },
            Mixture("mnist-mob10", 10, quickPasses: null),
            Mixture("mnist-mob500", 500, quickPasses: 15),
        ]);

    private static Experiment<MixtureRecipe> Mixture(string name, int components, int? quickPasses)
    {
        var paper = new MixtureRecipe { Components = components };
        return new()
        {
            Name = name,
            Title = $"Mixture of {components} Bernoullis by EM",
            Dataset = "mnist-binarized",
            Paper = paper,
            Quick = paper with { MaxPasses = quickPasses ?? paper.MaxPasses },
            Tiny = recipe => recipe with { Components = 3, MaxPasses = 4, EvaluateEvery = 2 },
            Subject = (recipe, context) => new BernoulliMixture(recipe, context),
        };
    }
}
