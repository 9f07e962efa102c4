using Replications.Training.Subjects;

namespace Replications.Hosting.Experiments;

/// <summary>One experiment of a paper: a recipe per profile and the way from recipe to subject.</summary>
public abstract record Experiment
{
    private protected Experiment()
    {
    }

    /// <summary>Name, lower case with dashes, the second half of its claims' ids.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>Data-set id of the registry.</summary>
    public required string Dataset { get; init; }

    /// <summary>True when the value cannot depend on the seed.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Hardware the paper's recipe needs: <c>cpu</c> or <c>gpu</c>.</summary>
    public string Needs { get; init; } = "cpu";

    /// <summary>Why claims.csv asks no published number of it; null where it does. Such an experiment is run and recorded like any other, and nothing judges it.</summary>
    public string? Unpublished { get; init; }

    /// <summary>
    /// Shape of one example of the made-up data on which <see cref="TinyRecipe"/> is put through the properties. Null for the usual ones: a row of 8 bits or of 2
    /// numbers, or an image of two pixels. Named by a model that takes no such data, for example only images of even sides; as small as can be.
    /// </summary>
    public IReadOnlyList<long>? TinyShape { get; init; }

    /// <summary>The recipe of the paper profile: the paper's, or a smaller one where that is named besides.</summary>
    public abstract Recipe PaperRecipe { get; }

    /// <summary>The paper's own recipe: a run of any other is reduced, and gets no verdict.</summary>
    public abstract Recipe PublishedRecipe { get; }

    /// <summary>The recipe of the quick profile; null when the experiment has none.</summary>
    public abstract Recipe? QuickRecipe { get; }

    /// <summary>The paper's recipe at toy size, for the properties that every registered model is put through.</summary>
    public abstract Recipe TinyRecipe { get; }

    /// <summary>The small configuration whose learning is held against a table; null when the experiment has none.</summary>
    public abstract LearningPoint? Learning { get; }

    /// <summary>Makes the subject.</summary>
    /// <param name="recipe">A recipe of this experiment's kind.</param>
    /// <param name="context">Data, device, seed.</param>
    public abstract ISubject Create(Recipe recipe, SubjectContext context);
}

/// <summary>An experiment whose recipe is a <typeparamref name="TRecipe"/>.</summary>
/// <typeparam name="TRecipe">The paper's recipe type.</typeparam>
public sealed record Experiment<TRecipe> : Experiment
    where TRecipe : Recipe
{
    /// <summary>The published recipe, or a smaller one where <see cref="Published"/> is the published one.</summary>
    public required TRecipe Paper { get; init; }

    /// <summary>The published recipe, where the paper profile runs a smaller one that fits a smaller machine: its runs are reduced, as those of the quick profile are.</summary>
    public TRecipe? Published { get; init; }

    /// <summary>The recipe of the quick profile: real data, reduced size. Null when the experiment has none.</summary>
    public TRecipe? Quick { get; init; }

    /// <summary>From the paper's recipe to the same model at toy size, for data of a few dimensions; without one, the paper's recipe is small enough.</summary>
    public Func<TRecipe, TRecipe>? Tiny { get; init; }

    /// <summary>A small configuration whose learning is held against data/reference/learning.csv. One line for a new network.</summary>
    public LearningPoint<TRecipe>? Reference { get; init; }

    /// <summary>The way from recipe to subject.</summary>
    public required Func<TRecipe, SubjectContext, ISubject> Subject { get; init; }

    /// <inheritdoc/>
    public override Recipe PaperRecipe => Paper;

    /// <inheritdoc/>
    public override Recipe PublishedRecipe => Published ?? Paper;

    /// <inheritdoc/>
    public override Recipe? QuickRecipe => Quick;

    /// <inheritdoc/>
    public override Recipe TinyRecipe => Tiny is null ? Paper : Tiny(Paper);

    /// <inheritdoc/>
    public override LearningPoint? Learning => Reference?.Of(Paper);

    /// <inheritdoc/>
    public override ISubject Create(Recipe recipe, SubjectContext context) => Subject((TRecipe)recipe, context);
}

/// <summary>A paper: its name, its title and its experiments.</summary>
/// <param name="Name">Replication name, lower case, the first half of its claims' ids.</param>
/// <param name="Paper">Authors, title, venue, year.</param>
/// <param name="Experiments">The experiments, in the order they are listed and run.</param>
public sealed record Replication(string Name, string Paper, IReadOnlyList<Experiment> Experiments);
