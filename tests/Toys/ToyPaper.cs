using Replications.Hosting.Experiments;
using Replications.Toys.Subjects;
using Replications.Training.Subjects;

namespace Replications.Toys;

/// <summary>Toy versions of the papers to come: each puts one demand on the contract between paper and host.</summary>
public static class ToyPaper
{
    public static Replication Replication { get; } = new("toys", "Toys, for the tests", [
        Experiment("autoencoder", "By gradient, with dropout and averaged weights", (r, c) => new Autoencoder(r, c)),
        Experiment("game", "Two networks and two optimisers", (r, c) => new Game(r, c)),
        Experiment("mixture", "Expectation maximisation: no gradients", (r, c) => new Mixture(r, c)),
        Experiment("machine", "Contrastive divergence with persistent chains", (r, c) => new Machine(r, c)),
        Experiment("scaled", "Data-dependent initialisation", (r, c) => new Scaled(r, c)) with { Published = new ToyRecipe { Steps = 4000, Hidden = 1200 } },
        Experiment("estimate", "A long estimator over a model fitted in closed form", (r, c) => new Estimate(r, c)) with { Deterministic = true, Unpublished = "a toy" },
    ]);

    private static Experiment<ToyRecipe> Experiment(string name, string title, Func<ToyRecipe, SubjectContext, ISubject> subject) => new()
    {
        Name = name,
        Title = title,
        Dataset = ToyData.Id,
        Paper = new ToyRecipe { Steps = 40, Hidden = 12 },
        Quick = new ToyRecipe(),
        Subject = subject,
    };
}
