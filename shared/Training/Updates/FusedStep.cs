#if !TORCHSHARP
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Replications.Training.Updates;

/// <summary>One optimiser's native pass: check, clipping, step and average over all parameters at once, gradients dropped.</summary>
internal sealed class FusedStep
{
    // Keyed by optimiser, and gone with it.
    private static readonly ConditionalWeakTable<torch.optim.Optimizer, FusedStep> Steps = [];
    private readonly FusedUpdate _update;
    private WeightAverage? _average;
    private bool _averageIsFused;

    private FusedStep(torch.optim.Optimizer optimizer) => _update = new FusedUpdate(optimizer);

    /// <summary>The pass of an optimiser.</summary>
    public static FusedStep Of(torch.optim.Optimizer optimizer) => Steps.GetValue(optimizer, o => new FusedStep(o));

    /// <summary>Makes the step, unless the gradients' norm is not finite.</summary>
    /// <returns>The norm.</returns>
    public double Make(torch.optim.Optimizer optimizer, double? clipNorm, WeightAverage? average)
    {
        if (!ReferenceEquals(average, _average))
            Attach(optimizer, average);
        _update.MaxNorm = clipNorm ?? 0;
        _update.AverageDecay = average?.NextDecay ?? 0;
        double norm = _update.Step();
        if (!double.IsFinite(norm) || average is null)
            return norm;
        if (_averageIsFused)
            average.Count();
        else
            average.Follow();
        return norm;
    }

    private void Attach(torch.optim.Optimizer optimizer, WeightAverage? average)
    {
        if (_average is not null && _averageIsFused)
            throw new InvalidOperationException("an optimiser keeps the average it was first updated with");
        _average = average;
        HashSet<nint> own = [.. optimizer.parameters().Select(p => p.Handle)];
        // An average over parameters of several optimisers is taken by itself after the step.
        _averageIsFused = average is not null && average.Parameters.All(p => own.Contains(p.Handle));
        if (!_averageIsFused)
            return;
        foreach ((TorchSharp.Modules.Parameter parameter, torch.Tensor mean) in average!.Parameters.Zip(average.Averages))
            _update.Average(parameter, mean);
    }
}
#endif
