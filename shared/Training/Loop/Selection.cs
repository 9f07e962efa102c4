using Replications.Training.Checkpoints;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Loop;

/// <summary>The weights that did best on validation, kept as copies beside the last ones.</summary>
internal sealed class Selection(SubjectImage image, Schedule schedule) : IDisposable
{
    /// <summary>Copies in the CPU's memory; null while nothing is selected.</summary>
    public torch.Tensor[]? Copies { get; private set; }

    /// <summary>Takes over copies read from a checkpoint.</summary>
    public void Restore(torch.Tensor[]? copies) => Copies = copies;

    /// <summary>Keeps the weights when they are the best so far, and counts towards the end of patience when not.</summary>
    /// <exception cref="InvalidOperationException">The measurement to select on was not made.</exception>
    public void Consider(LoopState state, IReadOnlyList<Measurement> measured)
    {
        if (schedule.SelectOn is not { } metric)
            return;
        double value = measured.FirstOrDefault(m => m.Metric == metric)?.Value
            ?? throw new InvalidOperationException($"the schedule selects on '{metric}', which the evaluation did not measure (it measured {string.Join(", ", measured.Select(m => m.Metric))})");
        bool better = state.Selected is not { } best || (schedule.SelectLargest ? value > best.Value : value < best.Value);
        if (!better)
        {
            state.WithoutImprovement++;
            state.Stopped = schedule.Patience > 0 && state.WithoutImprovement >= schedule.Patience;
            return;
        }

        Dispose();
        Copies = image.Copy();
        state.Selected = new Selected(state.Step, value);
        state.WithoutImprovement = 0;
    }

    /// <summary>Puts the selected weights in place of the last until the scope is disposed; does nothing when none are selected.</summary>
    public IDisposable? InPlace() => Copies is null ? null : new Exchange(image, Copies);

    /// <summary>The copies with their names.</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Named() => Copies is null
        ? throw new InvalidOperationException("no weights are selected")
        : [.. image.Weights.Select((w, i) => KeyValuePair.Create(w.Key, Copies[i]))];

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(Copies ?? [], copy => copy.Dispose());
        Copies = null;
    }

    private sealed class Exchange : IDisposable
    {
        private readonly SubjectImage _image;
        private readonly torch.Tensor[] _last;

        public Exchange(SubjectImage image, torch.Tensor[] selected)
        {
            _image = image;
            _last = image.Copy();
            image.Put(selected);
        }

        public void Dispose()
        {
            _image.Put(_last);
            Array.ForEach(_last, copy => copy.Dispose());
        }
    }
}
