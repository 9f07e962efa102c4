using Replications.Dbm;
using Replications.Rbm;
using TorchSharp;

namespace Replications.Properties.Tests.Dbm;

/// <summary>A deep Boltzmann machine of which every state can be written down.</summary>
internal sealed class SmallMachine : IDisposable
{
    private readonly int[] _sizes;

    /// <summary>Machines with two and three hidden layers, for theories.</summary>
    public static TheoryData<int[]> TwoAndThree => [[5, 4, 3], [4, 3, 3, 2]];

    public SmallMachine(int[] sizes, double deviation = 0.8, int seed = 3)
    {
        _sizes = sizes;
        Machine = new DeepBoltzmannMachine([.. sizes.Select(s => (long)s)], torch.CPU);
        torch.manual_seed(seed);
        using IDisposable scope = torch.NewDisposeScope();
        foreach (torch.Tensor tensor in Parameters)
            tensor.copy_(torch.randn_like(tensor) * deviation);
    }

    public DeepBoltzmannMachine Machine { get; }

    public IEnumerable<torch.Tensor> Parameters => [.. Machine.Stack.Select(rbm => rbm.W), .. Machine.Biases];

    public int Units => _sizes.Sum();

    /// <summary>Bits of a layer in the number of a state.</summary>
    public int Mask(int layer) => ((1 << _sizes[layer]) - 1) << First(layer);

    /// <summary>First bit of a layer.</summary>
    public int First(int layer) => _sizes.Take(layer).Sum();

    /// <summary>States of each layer in all states of the machine, float32.</summary>
    public torch.Tensor[] AllStates()
    {
        torch.Tensor states = BoltzmannMachine.States(Units).to(torch.ScalarType.Float32);
        return [.. _sizes.Select((size, l) => states.narrow(1, First(l), size))];
    }

    /// <summary>Minus the energy of every state, from its definition.</summary>
    public double[] MinusEnergy()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor[] h = [.. AllStates().Select(s => s.to(torch.ScalarType.Float64))];
        torch.Tensor sum = torch.zeros(1L << Units, dtype: torch.ScalarType.Float64);
        for (int l = 0; l < h.Length; l++)
        {
            sum = sum + (h[l] * Machine.Biases[l].to(torch.ScalarType.Float64)).sum(dim: 1);
            if (l > 0)
                sum = sum + (h[l].matmul(Machine.W(l).to(torch.ScalarType.Float64)) * h[l - 1]).sum(dim: 1);
        }

        return sum.data<double>().ToArray();
    }

    public double LogZ() => LogSum(MinusEnergy());

    /// <summary><c>ln sum_h exp(-E(v, h))</c> of every v, in the order of their numbers.</summary>
    public double[] LogUnnormalised()
    {
        double[] f = MinusEnergy();
        return [.. Enumerable.Range(0, 1 << _sizes[0]).Select(v => LogSum(f.Where((_, state) => (state & Mask(0)) == v)))];
    }

    public void Dispose() => Machine.Dispose();

    private static double LogSum(IEnumerable<double> terms)
    {
        double[] all = [.. terms];
        double largest = all.Max();
        return largest + Math.Log(all.Sum(t => Math.Exp(t - largest)));
    }
}
