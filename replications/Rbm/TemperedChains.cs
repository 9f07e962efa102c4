using Replications.Boltzmann;
using Replications.Metrics.Sampling;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Rbm;

/// <summary>
/// Parallel tempering (Desjardins et al. 2010; Cho, Raiko and Ilin 2010): chains at every beta of a ladder from independent units to the
/// machine. After the Gibbs steps neighbours change places with probability <c>min(1, f_i(x_j) f_j(x_i) / (f_i(x_i) f_j(x_j)))</c>, even pairs before odd
/// ones, so that states found where chains mix well travel to beta = 1, whose chains are the negative phase.
/// </summary>
public sealed class TemperedChains : NegativePhase
{
    private readonly RestrictedBoltzmannMachine _machine;
    private readonly double[] _betas;
    private readonly long _count;
    private readonly torch.Tensor _chains;
    private readonly torch.Tensor _baseRates;
    private torch.Tensor? _drawn;

    /// <summary>Makes chains that are not started yet.</summary>
    /// <param name="machine">Whose states.</param>
    /// <param name="count">Chains at each temperature.</param>
    /// <param name="temperatures">Rungs of the ladder, at least 2.</param>
    public TemperedChains(RestrictedBoltzmannMachine machine, int count, int temperatures)
    {
        _machine = machine;
        _count = count;
        _betas = [.. Enumerable.Range(0, temperatures).Select(i => i / (temperatures - 1.0))];
        _chains = torch.zeros(count * (long)temperatures, machine.B.shape[0], device: machine.B.device).DetachFromDisposeScope();
        _baseRates = torch.zeros_like(machine.B).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override void Register(SubjectState state)
    {
        state.Tensor("chains", _chains);
        state.Tensor("base_rates", _baseRates);
    }

    /// <inheritdoc/>
    public override void Start(BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        _baseRates.copy_(_machine.B);
        _chains.copy_(random.Draw(torch.zeros_like(_chains), bias: _baseRates));
    }

    /// <inheritdoc/>
    public override torch.Tensor Draw(torch.Tensor hidden, int steps, BernoulliSource random)
    {
        using IDisposable scope = torch.NewDisposeScope();
        var path = _machine.Annealed(_baseRates, random);
        torch.Tensor[] rungs = [.. _betas.Select((beta, i) =>
        {
            torch.Tensor x = _chains.narrow(0, i * _count, _count);
            for (int step = 0; step < steps; step++)
                x = path.Move(x, beta);
            return x;
        })];
        foreach (int parity in new[] { 0, 1 })
        {
            for (int i = parity; i + 1 < rungs.Length; i += 2)
            {
                // ln f_j(x_i) - ln f_i(x_i) + ln f_i(x_j) - ln f_j(x_j)
                torch.Tensor ratio = path.LogRatio(rungs[i], _betas[i], _betas[i + 1]) - path.LogRatio(rungs[i + 1], _betas[i], _betas[i + 1]);
                torch.Tensor accepted = Accept(ratio, random).to(rungs[i].dtype).unsqueeze(1);
                (rungs[i], rungs[i + 1]) = (torch.lerp(rungs[i], rungs[i + 1], accepted), torch.lerp(rungs[i + 1], rungs[i], accepted));
            }
        }

        _drawn = torch.cat(rungs).MoveToOuterDisposeScope();
        return rungs[^1].MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Keep()
    {
        _chains.copy_(_drawn!);
        _drawn!.Dispose();
        _drawn = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _chains.Dispose();
        _baseRates.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Ones with probability <c>min(1, e^ratio)</c>: a Bernoulli draw whose logit is that of the probability.</summary>
    private static torch.Tensor Accept(torch.Tensor ratio, BernoulliSource random)
    {
        torch.Tensor p = ratio.clamp(max: 0).exp();
        return random.Draw(p.log() - torch.log1p(-p));
    }
}
