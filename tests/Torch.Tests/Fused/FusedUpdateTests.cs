using Replications.Torch.Tests.Fixtures;
using Replications.Torch.Tests.Optim;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fused;

/// <summary>What goes into one pass with an update, beside the same done step by step.</summary>
public sealed class FusedUpdateTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("sgd-momentum")]
    [InlineData("adagrad")]
    public void ClippingAndAveragesAreThoseOfThePlainSteps(string name)
    {
        using var scope = NewDisposeScope();
        const double Clip = 0.7, Decay = 0.9;
        Parameter[] plain = SmoothProblem.Parameters(), fused = SmoothProblem.Parameters();
        using optim.Optimizer one = Optimisers.All[name](plain), other = Optimisers.All[name](fused);
        Tensor[] expected = [.. plain.Select(p => p.detach().clone())], averages = [.. fused.Select(p => p.detach().clone())];
        var update = new FusedUpdate(other) { MaxNorm = Clip, AverageDecay = Decay };
        for (int i = 0; i < fused.Length; i++)
            update.Average(fused[i], averages[i]);
        for (int step = 0; step < 8; step++)
        {
            one.zero_grad();
            SmoothProblem.Loss(plain).backward();
            double norm = nn.utils.clip_grad_norm_(plain, Clip);
            one.step();
            using (no_grad())
            {
                for (int i = 0; i < plain.Length; i++)
                    expected[i].mul_(Decay).add_(plain[i], alpha: 1 - Decay);
            }

            SmoothProblem.Loss(fused).backward();
            Assert.Equal(norm, update.Step(), 1e-12 * norm);
            Assert.All(fused, p => Assert.Null(p.grad));
        }

        for (int i = 0; i < plain.Length; i++)
        {
            Fixture.Close(plain[i].Values(), fused[i].Values(), 1e-12, "weights");
            Fixture.Close(expected[i].Values(), averages[i].Values(), 1e-12, "averages");
        }
    }

    [Fact]
    public void AGradientThatIsNotFiniteChangesNothing()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using Adam adam = optim.Adam(parameters);
        var update = new FusedUpdate(adam);
        SmoothProblem.Loss(parameters).backward();
        using (no_grad())
            parameters[1].grad!.fill_(double.NaN);
        double[][] before = [.. parameters.Select(p => p.Values())];
        Assert.True(double.IsNaN(update.Step()));
        Assert.Equal(before, parameters.Select(p => p.Values()));
        Assert.All(adam.state_dict().State, s => Assert.Equal(0, ((Adam.State)s).step));
        Assert.All(parameters, p => Assert.NotNull(p.grad));
    }

    [Theory]
    [InlineData(GradientRelease.Keep)]
    [InlineData(GradientRelease.Zero)]
    [InlineData(GradientRelease.Drop)]
    public void GradientsAreReleasedAsAsked(GradientRelease release)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using optim.Optimizer sgd = optim.SGD(parameters, 0.1);
        SmoothProblem.Loss(parameters).backward();
        double[] before = parameters[0].grad!.Values();
        new FusedUpdate(sgd) { Release = release }.Step();
        double[]? after = parameters[0].grad?.Values();
        Assert.Equal(release switch { GradientRelease.Keep => before, GradientRelease.Zero => new double[12], _ => null }, after);
    }

    [Fact]
    public void MaskedWeightsStayExactlyZeroAndCopiesFollow()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor degrees = tensor((int[])[3, 1, 2, 0, 2, 1, 3, 4]);
        Tensor kept = degrees[..4].unsqueeze(1) >= degrees[4..];
        var weight = new Parameter(rand(4, 4) * kept);
        Tensor copy = weight.detach().bfloat16();
        using optim.Optimizer adam = optim.Adam([weight], 0.1);
        FusedUpdate update = new FusedUpdate(adam).Mask(weight, degrees).Copy(weight, copy);
        for (int step = 0; step < 3; step++)
        {
            (weight * rand(4, 4)).sum().backward();
            update.Step();
        }

        Assert.Equal(0, weight.detach().masked_select(kept.logical_not()).abs().max().ToDouble());
        Assert.True(weight.detach().masked_select(kept).abs().min().ToDouble() > 0);
        Assert.Equal(weight.detach().bfloat16().Values(), copy.Values());
    }

    /// <summary>Weights that do not lie row by row have their mask all the same, by plain operators.</summary>
    [Fact]
    public void MasksHoldInAnyLayout()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor kept = rand(3, 4) < 0.5;
        Tensor start = rand(3, 4), expected = start - (0.25 * start * kept);
        Parameter rows = new(start.clone()), columns = new(start.t().contiguous().t());
        Assert.False(columns.is_contiguous());
        foreach (Parameter weight in (Parameter[])[rows, columns])
        {
            using optim.Optimizer sgd = optim.SGD([weight], 0.125);
            weight.square().sum().backward();
            new FusedUpdate(sgd).Mask(weight, kept).Step();
            Fixture.Close(expected.Values(), weight.detach().contiguous().Values(), 1e-6, "weights");
        }
    }

    /// <summary>Strides of dimensions of size 1 say nothing, and libtorch gives gradients of 1 x 1 convolutions others than their weights have. Plain operators round otherwise.</summary>
    [Fact]
    public void GradientsOfOneByOneConvolutionsGoIntoTheSamePass()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(After(g => g), After(g => g.reshape(40, 1, 1, 30).permute(0, 3, 1, 2)));

        static double[] After(Func<Tensor, Tensor> layout)
        {
            Parameter weight = new(Fixture.Grid(40, 30, 1, 1).@float());
            using optim.Optimizer adam = optim.Adam([weight], 0.01);
            FusedUpdate update = new(adam);
            for (int step = 1; step < 4; step++)
            {
                weight.grad = layout((Fixture.Grid(40, 30, 1, 1) * step).cos().@float());
                update.Step();
            }

            return weight.Values();
        }
    }

    [Fact]
    public void ACopyOrAnAverageOfAnotherSizeIsRefusedBeforeTheUpdate()
    {
        using var scope = NewDisposeScope();
        Parameter weight = new(rand(4, 3)), idle = new(rand(4, 3));
        using optim.Optimizer sgd = optim.SGD([weight, idle], 0.1);
        weight.square().sum().backward();
        double[] before = weight.Values();
        Assert.ThrowsAny<Exception>(() => new FusedUpdate(sgd).Copy(weight, zeros(2, 4, 3, ScalarType.BFloat16)).Step());
        Assert.ThrowsAny<Exception>(() => new FusedUpdate(sgd) { AverageDecay = 0.5 }.Average(weight, zeros(2, 3)).Step());
        Assert.ThrowsAny<Exception>(() => new FusedUpdate(sgd) { AverageDecay = 0.5 }.Average(idle, zeros(2, 4, 3)).Step());
        Assert.Equal(before, weight.Values());
    }

    [Fact]
    public void AveragesFollowParametersWithoutGradients()
    {
        using var scope = NewDisposeScope();
        Parameter used = new(ones(3)), idle = new(ones(3));
        Tensor average = zeros(3);
        using optim.Optimizer sgd = optim.SGD([used, idle], 0.1);
        FusedUpdate update = new FusedUpdate(sgd) { AverageDecay = 0.75 }.Average(idle, average);
        used.sum().backward();
        update.Step();
        Assert.Equal([0.25, 0.25, 0.25], average.Values());
        Assert.Equal([1.0, 1, 1], idle.Values());
    }

    [Fact]
    public void AdagradWithEpsilonInsideTheRoot()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(Fixture.Grid(6));
        using optim.Optimizer adagrad = optim.Adagrad([weight], 0.1, eps: 1e-2);
        var update = new FusedUpdate(adagrad) { EpsilonInsideRoot = true };
        double[] w = weight.Values(), sum = new double[6];
        for (int step = 0; step < 5; step++)
        {
            weight.square().sum().backward();
            update.Step();
            for (int i = 0; i < w.Length; i++)
            {
                double g = 2 * w[i];
                sum[i] += g * g;
                w[i] -= 0.1 * g / Math.Sqrt(sum[i] + 1e-2);
            }
        }

        Fixture.Close(w, weight.Values(), 1e-12, "weights");
        Assert.Throws<InvalidOperationException>(() => new FusedUpdate(optim.SGD([weight], 0.1)) { EpsilonInsideRoot = true });
    }

    [Fact]
    public void TheNormIsOverAllGroups()
    {
        using var scope = NewDisposeScope();
        Parameter[] plain = SmoothProblem.Parameters(), fused = SmoothProblem.Parameters();
        static optim.Optimizer Two(Parameter[] p) => optim.SGD([new SGD.ParamGroup([p[0]], lr: 0.1), new SGD.ParamGroup([p[1]], lr: 0.01)], 0.1);
        using optim.Optimizer one = Two(plain), other = Two(fused);
        SmoothProblem.Loss(plain).backward();
        double norm = nn.utils.clip_grad_norm_(plain, 0.5);
        one.step();
        SmoothProblem.Loss(fused).backward();
        Assert.Equal(norm, new FusedUpdate(other) { MaxNorm = 0.5 }.Step(), 1e-12 * norm);
        for (int i = 0; i < plain.Length; i++)
            Fixture.Close(plain[i].Values(), fused[i].Values(), 1e-12, "weights");
    }

    /// <summary>As in PyTorch; without the check nothing else tells of it.</summary>
    [Fact]
    public void ClippingByANormThatIsNotANumberLeavesNoWeightANumber()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = SmoothProblem.Parameters();
        using optim.Optimizer sgd = optim.SGD(parameters, 0.1);
        SmoothProblem.Loss(parameters).backward();
        using (no_grad())
            parameters[1].grad!.fill_(double.NaN);
        Assert.True(double.IsNaN(new FusedUpdate(sgd) { MaxNorm = 1, Check = false }.Step()));
        Assert.All(parameters, p => Assert.All(p.Values(), v => Assert.True(double.IsNaN(v))));
    }

    [Fact]
    public void WhatIsClippedIsTheNormOfTheScaledGradients()
    {
        using var scope = NewDisposeScope();
        double[] After(double factor)
        {
            Parameter weight = new(zeros(2, dtype: ScalarType.Float64));
            weight.grad = tensor((double[])[3, 4]);
            using optim.Optimizer sgd = optim.SGD([weight], 1);
            Assert.Equal(5, ((OptimizerHelper)sgd).Step(new UpdateExtras { Factor = factor, MaxNorm = 1 }), 1e-12);
            return weight.Values();
        }

        Fixture.Close([-0.3, -0.4], After(0.1), 1e-12, "within the norm");
        Fixture.Close([0.6, 0.8], After(-10), 1e-6, "clipped");
    }

    /// <summary>Row by row in one pass, otherwise by plain operators: neither its gradient, be it no number, nor decay moves what is masked.</summary>
    [Fact]
    public void WhatIsMaskedStaysWhereItIsInAnyLayout()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor kept = rand(3, 4) < 0.5, start = rand(3, 4) + 1;
        Tensor expected = start - (0.125 * 2.5 * start * kept);
        Parameter rows = new(start.clone()), columns = new(start.t().contiguous().t());
        foreach (Parameter weight in (Parameter[])[rows, columns])
        {
            using optim.Optimizer sgd = optim.SGD([weight], 0.125, weight_decay: 0.5);
            weight.square().sum().backward();
            using (no_grad())
                weight.grad!.masked_fill_(kept.logical_not(), double.NaN);
            new FusedUpdate(sgd).Mask(weight, kept).Step();
            Fixture.Close(expected.Values(), weight.Values(), 1e-6, "weights");
        }
    }

    /// <summary>A derivative by what was there before would be taken at what is there now.</summary>
    [Fact]
    public void AGraphThatKeptWhatIsOverwrittenIsRefused()
    {
        using var scope = NewDisposeScope();
        Parameter weight = new(rand(3));
        Tensor average = rand(3), copy = weight.detach().bfloat16(), other = ones(3).requires_grad_();
        using optim.Optimizer sgd = optim.SGD([weight], 0.1, momentum: 0.9);
        FusedUpdate update = new FusedUpdate(sgd) { AverageDecay = 0.5, Release = GradientRelease.Zero }.Average(weight, average).Copy(weight, copy);
        weight.square().sum().backward();
        update.Step();
        weight.square().sum().backward();
        Tensor momentum = OptimizerTensors.Capture(sgd).Single(t => t.Key == "0.0").Value;
        Tensor[] sums = [.. ((Tensor[])[weight, average, copy, momentum, weight.grad!]).Select(t => (other * t).sum())];
        update.Step();
        Assert.All(sums, s => Assert.Contains("modified by an inplace operation", Assert.ThrowsAny<Exception>(() => s.backward()).Message, StringComparison.Ordinal));
    }

    // Blocks are cut the same way and sums are made in the same order, however many threads take them.
    [Fact]
    public void TheResultDoesNotDependOnTheNumberOfThreads()
    {
        Assert.Equal(Run(1), Run(2));

        static float[] Run(int count)
        {
            using var scope = NewDisposeScope();
            using Threads threads = new(count);
            manual_seed(4);
            var weight = new Parameter(rand(700, 501) - 0.5);
            weight.grad = rand(700, 501);
            using optim.Optimizer adam = optim.Adam([weight], 0.01);
            var update = new FusedUpdate(adam) { MaxNorm = 1, Release = GradientRelease.Keep };
            update.Step();
            update.Step();
            return weight.detach().data<float>().ToArray();
        }
    }
}
