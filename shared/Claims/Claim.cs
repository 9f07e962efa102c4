namespace Replications.Claims;

/// <summary>Which way a metric improves.</summary>
public enum Direction
{
    /// <summary>Smaller is better, as a negative log-likelihood.</summary>
    Lower,

    /// <summary>Larger is better, as an inception score.</summary>
    Higher,
}

/// <summary>One published number, with the margin declared before any run: a row of a <c>claims.csv</c>.</summary>
public sealed record Claim
{
    /// <summary>Id, <c>replication/name</c>, unique in the suite.</summary>
    public required string Id { get; init; }

    /// <summary>The id's first half.</summary>
    public string Replication => Id[..Math.Max(0, Id.IndexOf('/', StringComparison.Ordinal))];

    /// <summary>The experiment of the replication that answers for it; its name equals the id's second half unless several claims share a run.</summary>
    public required string Experiment { get; init; }

    /// <summary>Authors, title, venue and year.</summary>
    public required string Paper { get; init; }

    /// <summary>Table, figure or section the number stands in.</summary>
    public required string Table { get; init; }

    /// <summary>Where the paper can be had: an address that lasts, of arXiv, a DOI or the proceedings; empty where there is none.</summary>
    public string Source { get; init; } = "";

    /// <summary>How the published value is known.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Data-set id of the registry.</summary>
    public required string Dataset { get; init; }

    /// <summary>The model as the paper's row names it.</summary>
    public required string Model { get; init; }

    /// <summary>Metric name as the run records it, for example <c>nll</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Split the metric is taken on: <c>train</c>, <c>valid</c> or <c>test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>Which weights are judged: <c>last</c>, or <c>selected</c> on validation.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Unit, for example <c>nats</c> or <c>bits/dim</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Which way the metric improves.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The published value.</summary>
    public required double Published { get; init; }

    /// <summary>Half-width of the published uncertainty, if the paper gives one.</summary>
    public double? Uncertainty { get; init; }

    /// <summary>What the published uncertainty is over, for example <c>95 % interval over test points</c>; empty without one.</summary>
    public string UncertaintyKind { get; init; } = "";

    /// <summary>Equivalence margin: the largest difference that still counts as the same number, in <see cref="Unit"/>.</summary>
    public required double Margin { get; init; }

    /// <summary>Why the margin is what it is.</summary>
    public required string MarginReason { get; init; }

    /// <summary>How the number is measured: data variant, split, estimator and its budget, selection.</summary>
    public required string Protocol { get; init; }

    /// <summary>Hardware needed: <c>cpu</c> or <c>gpu</c>.</summary>
    public required string Needs { get; init; }

    /// <summary>How many training seeds a verdict is over: 1 to this number, and no others.</summary>
    public required int Seeds { get; init; }

    /// <summary>The folder in <c>replications/</c> that the claim was read from, whose page speaks of it; empty elsewhere.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// What of a claim is ours to choose and is fixed before a run, in words that a run's record keeps: what is measured, the margin and the number of seeds.
    /// The published value is not among it, since it is a fact that may have to be corrected.
    /// </summary>
    public string Declaration => FormattableString.Invariant(
        $"{Id}: {Metric} on {Split} with {Checkpoint} weights, give or take {Margin} {Unit}, over {Seeds} {(Seeds == 1 ? "seed" : "seeds")}");
}
