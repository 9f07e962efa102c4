using Replications.Claims;

namespace Replications.Training.Loop;

/// <summary>Where the loop stands: everything besides tensors that a resume needs. Holds no clock, so that it is the same however often a run was interrupted.</summary>
internal sealed record LoopState
{
    /// <summary>Version of this form.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Updates made.</summary>
    public long Step { get; set; }

    /// <summary>Evaluations and measurements made; with the step, the position of the run.</summary>
    public int Marks { get; set; }

    /// <summary>Step of the latest evaluation; -1 before the first.</summary>
    public long EvaluatedAt { get; set; } = -1;

    /// <summary>Numbers handed to the journal.</summary>
    public long Points { get; set; }

    /// <summary>Evaluations since the selected one.</summary>
    public int WithoutImprovement { get; set; }

    /// <summary>True when patience has ended the training.</summary>
    public bool Stopped { get; set; }

    /// <summary>The selected weights; null before the first evaluation that selects.</summary>
    public Selected? Selected { get; set; }

    /// <summary>Sums of the step scalars since the latest evaluation, in the order they were named.</summary>
    public List<ScalarSum> Scalars { get; init; } = [];

    /// <summary>Measurements taken at the end so far.</summary>
    public List<MeasurementRecord> Measurements { get; init; } = [];

    /// <summary>The subject's counters.</summary>
    public SortedDictionary<string, long> Counters { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The position as a name that sorts by time.</summary>
    public string Position() => FormattableString.Invariant($"step-{Step:D12}.{Marks:D6}");
}

/// <summary>Weights selected on validation.</summary>
/// <param name="Step">Updates made when they were taken.</param>
/// <param name="Value">The value that selected them.</param>
internal sealed record Selected(long Step, double Value)
{
    /// <summary>SHA-256 of their file; empty until it is written.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Name of their file beside the checkpoints.</summary>
    public string FileName() => FormattableString.Invariant($"selected-{Step:D12}.safetensors");
}

/// <summary>A sum of one scalar over steps.</summary>
/// <param name="Name">Name of the scalar.</param>
/// <param name="Sum">Sum.</param>
/// <param name="Count">Steps.</param>
internal sealed record ScalarSum(string Name, double Sum, long Count);
