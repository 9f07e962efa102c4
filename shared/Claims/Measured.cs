using System.Text.Json.Nodes;

namespace Replications.Claims;

/// <summary>Finds the number that a claim is about in a run's record, and says what is wrong with it.</summary>
internal static class Measured
{
    // By which two machines may differ in a value that no chance enters, as a share of it.
    private const double RoundingOff = 1e-9;

    /// <summary>The claim's measurement in a run that succeeded; null, with a sentence, when it cannot be judged.</summary>
    public static MeasurementRecord? Find(Claim claim, StoredRun run, out string problem)
    {
        RunRecord record = run.Record!;
        string name = Name(claim.Metric, claim.Split, claim.Checkpoint);
        MeasurementRecord[] found =
        [
            .. record.Measurements.Where(m =>
                m.Metric == claim.Metric && m.Split == claim.Split && m.Checkpoint == claim.Checkpoint),
        ];
        problem = "";
        if (found.Length != 1)
        {
            string others = string.Join(", ", record.Measurements.Select(m => Name(m.Metric, m.Split, m.Checkpoint)));
            problem = found.Length > 1
                ? $"recorded {name} more than once"
                : $"recorded no {name}; it recorded {(others.Length == 0 ? "nothing" : others)}";
        }
        else if (!double.IsFinite(found[0].Value) || found[0].StandardError is { } error && !(double.IsFinite(error) && error >= 0))
        {
            problem = FormattableString.Invariant($"{name} is {found[0].Value}, its standard error {found[0].StandardError}: not finite");
        }
        else if (found[0].Unit != claim.Unit)
        {
            problem = $"recorded {name} in {found[0].Unit}; the claim is in {claim.Unit}";
        }
        // Draws are as many as the metric's protocol says.
        else if (!record.Reduced && found[0].ErrorKind != ErrorKind.MetricDraws && record.Data.FirstOrDefault(d => d.Id == claim.Dataset && d.Split == claim.Split) is { } split && found[0].Count != split.Count)
        {
            problem = FormattableString.Invariant($"{name} is over {found[0].Count} of the split's {split.Count} points");
        }
        else if (!record.Data.Any(d => d.Id == claim.Dataset))
        {
            problem = $"read {string.Join(", ", record.Data.Select(d => d.Id).Distinct())}; the claim is about {claim.Dataset}";
        }

        return problem.Length == 0 ? found[0] : null;
    }

    /// <summary>Why these runs are not seeds of one experiment, each with a training of its own; null when they are.</summary>
    public static string? Disagreement(IReadOnlyList<RunRecord> records, IReadOnlyList<MeasurementRecord> found)
    {
        for (int i = 1; i < records.Count; i++)
        {
            if (!JsonNode.DeepEquals(records[0].Recipe, records[i].Recipe))
            {
                return FormattableString.Invariant($"seeds {records[0].Seed} and {records[i].Seed} were run with different recipes");
            }

            if (!records[0].Data.SequenceEqual(records[i].Data))
            {
                return FormattableString.Invariant($"seeds {records[0].Seed} and {records[i].Seed} read different data");
            }

            if (records[0].Engine.Precision != records[i].Engine.Precision)
            {
                return FormattableString.Invariant($"seeds {records[0].Seed} and {records[i].Seed} were run in {records[0].Engine.Precision} and {records[i].Engine.Precision}");
            }

            if (records[0].Deterministic != records[i].Deterministic)
            {
                return FormattableString.Invariant($"seeds {records[0].Seed} and {records[i].Seed} do not agree on whether the experiment is deterministic");
            }

            // Machines and thread counts differ in their last bits.
            if (records[0].Deterministic && !(Math.Abs(found[0].Value - found[i].Value) <= RoundingOff * Math.Abs(found[0].Value)))
            {
                return FormattableString.Invariant($"declared deterministic, but seed {records[0].Seed} gave {found[0].Value} and seed {records[i].Seed} gave {found[i].Value}");
            }
        }

        var trained = records.SelectMany(r => r.Weights, (r, w) => (r.Seed, w.File, w.Sha256)).ToLookup(w => (w.File, w.Sha256), w => w.Seed);
        if (!records[0].Deterministic && trained.FirstOrDefault(seeds => seeds.Count() > 1) is { } same)
        {
            return FormattableString.Invariant($"seeds {string.Join(" and ", same)} ended with the same weights to the last bit: one run, counted {same.Count()} times");
        }

        if (records.Count > 1 && !records[0].Deterministic && found.All(m => m.Value == found[0].Value))
        {
            return FormattableString.Invariant($"{records.Count} seeds gave {found[0].Value} to the last digit, so none of them was heeded; an experiment without chance declares it");
        }

        return null;
    }

    private static string Name(string metric, string split, string checkpoint) => $"{metric} on {split} ({checkpoint})";
}
