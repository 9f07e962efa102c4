using Replications.Training.Subjects;
using TorchSharp;
using TorchSharp.Modules;

namespace Replications.Training.Updates;

/// <summary>
/// Averages of weights over updates, kept beside them: exponential (average += (1 - decay) (weight - average) after each
/// update) or Polyak's plain mean over all updates (Polyak and Juditsky 1992). Starts as a copy of the weights.
/// </summary>
public sealed class WeightAverage : IDisposable
{
    private readonly (string Name, Parameter Parameter)[] _weights;
    private readonly torch.Tensor[] _averages;
    private readonly double? _decay;
    private long _updates;

    private WeightAverage(torch.nn.Module module, double? decay)
    {
        _weights = [.. module.named_parameters()];
        _decay = decay;
        using IDisposable still = torch.no_grad();
        _averages = [.. _weights.Select(w => w.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>An exponential average.</summary>
    /// <param name="module">Whose parameters are averaged.</param>
    /// <param name="decay">Share of the old average that stays at each update, for example 0.9995; in [0, 1).</param>
    public static WeightAverage Exponential(torch.nn.Module module, double decay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(decay, 1);
        return new WeightAverage(module, decay);
    }

    /// <summary>The plain mean of the weights after each update.</summary>
    /// <param name="module">Whose parameters are averaged.</param>
    public static WeightAverage Polyak(torch.nn.Module module) => new(module, null);

    /// <summary>The averages, in the order of the module's parameters.</summary>
    internal IReadOnlyList<torch.Tensor> Averages => _averages;

    /// <summary>The parameters averaged, in the same order.</summary>
    internal IEnumerable<Parameter> Parameters => _weights.Select(w => w.Parameter);

    /// <summary>Share of the old average that stays at the next update.</summary>
    internal double NextDecay => _decay ?? _updates / (_updates + 1.0);

    /// <summary>Names the averages as part of the state.</summary>
    /// <param name="state">The subject's state.</param>
    /// <param name="name">A unique name, for example <c>average</c>.</param>
    public void Register(SubjectState state, string name)
    {
        for (int i = 0; i < _weights.Length; i++)
            state.Tensor($"{name}.{_weights[i].Name}", _averages[i]);
        state.Counter($"{name}.updates", () => _updates, updates => _updates = updates);
    }

    /// <summary>Starts again from the weights as they are: after a data-dependent initialisation.</summary>
    public void Restart()
    {
        using IDisposable still = torch.no_grad();
        for (int i = 0; i < _weights.Length; i++)
            _averages[i].copy_(_weights[i].Parameter);
        _updates = 0;
    }

    /// <summary>Takes the weights into the average. <see cref="Update.Apply"/> does it where the average is handed to it.</summary>
    public void Follow()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        double share = 1 - NextDecay;
        for (int i = 0; i < _weights.Length; i++)
            _averages[i].add_(_weights[i].Parameter - _averages[i], alpha: share);
        _updates++;
    }

    /// <summary>Puts the averaged weights in place of the weights until the scope is disposed.</summary>
    /// <returns>A scope: <c>using (average.InPlace()) { ... }</c>.</returns>
    public IDisposable InPlace() => new Exchange(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor average in _averages)
            average.Dispose();
    }

    /// <summary>Counts an update whose average was taken by someone else, in one pass with it.</summary>
    internal void Count() => _updates++;

    private sealed class Exchange : IDisposable
    {
        private readonly WeightAverage _average;
        private readonly torch.Tensor[] _kept;

        public Exchange(WeightAverage average)
        {
            _average = average;
            using IDisposable still = torch.no_grad();
            _kept = [.. average._weights.Select(w => w.Parameter.detach().clone().DetachFromDisposeScope())];
            for (int i = 0; i < _kept.Length; i++)
                average._weights[i].Parameter.copy_(average._averages[i]);
        }

        public void Dispose()
        {
            using IDisposable still = torch.no_grad();
            for (int i = 0; i < _kept.Length; i++)
            {
                _average._weights[i].Parameter.copy_(_kept[i]);
                _kept[i].Dispose();
            }
        }
    }
}
