using Replications.Boltzmann;
using Replications.Datasets;
using Replications.Datasets.Loading;
using Replications.Dbm;
using Replications.Metrics.Sampling;
using Replications.Properties.Tests.Registered;
using Replications.Rbm;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Dbm;

/// <summary>What pre-training hands over, and where the joint update goes.</summary>
public class LearningTests
{
    public static TheoryData<int[]> Sizes => SmallMachine.TwoAndThree;

    /// <summary>The update without momentum and decay is the slope of the mean bound, found by moving each parameter and solving everything again.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_joint_update_is_the_slope_of_the_bound(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes);
        using var random = new BernoulliSource(9);
        torch.Tensor v = BoltzmannMachine.States(sizes[0]).to(torch.ScalarType.Float32).narrow(0, 3, 6);
        var field = new MeanField(small.Machine, 1000, 1e-8);
        double Mean() => field.Bound(v, field.Solve(v).Logits).Average() - small.LogZ();
        List<double> expected = [], made = [];
        foreach (torch.Tensor parameter in small.Parameters)
        {
            for (long i = 0; i < parameter.numel(); i++)
            {
                torch.Tensor one = parameter.view(-1).narrow(0, i, 1);
                one.add_(0.01);
                double above = Mean();
                one.sub_(0.02);
                double below = Mean();
                one.add_(0.01);
                expected.Add((above - below) / 0.02);
            }
        }

        torch.Tensor[] before = [.. small.Parameters.Select(p => p.clone())];
        using var learner = new DbmLearner(small.Machine, field, chains: 20_000, decay: 0);
        learner.Start(random);
        learner.Learn(new StepContext(1, 0, 1), v, gibbsSteps: 60, rate: 1, momentum: 0, random);
        foreach ((torch.Tensor now, torch.Tensor then) in small.Parameters.Zip(before))
            made.AddRange((now - then).to(torch.ScalarType.Float64).contiguous().data<double>().ToArray());
        // 20,000 chains: four standard errors of a moment are 0.014.
        Assert.All(expected.Zip(made), pair => Assert.Equal(pair.First, pair.Second, 0.016));
        Assert.True(expected.Max(Math.Abs) > 0.2, "slopes too small to tell");
    }

    /// <summary>A layer between two machines hears each of them half: what a doubled machine says is said by two.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Doubled_machines_compose_to_the_deep_one(int[] sizes)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using var small = new SmallMachine(sizes);
        DeepBoltzmannMachine machine = small.Machine;
        foreach (RestrictedBoltzmannMachine rbm in machine.Stack)
        {
            rbm.B.copy_(torch.randn_like(rbm.B));
            rbm.C.copy_(torch.randn_like(rbm.C));
        }

        machine.Compose();
        torch.Tensor[] h = small.AllStates();
        int last = machine.Layers;
        Same(machine.Stack[0].VisibleLogits(h[1]), machine.Logits(0, h));
        Same(machine.Stack[last - 1].HiddenLogits(h[last - 1]), machine.Logits(last, h));
        for (int l = 1; l < last; l++)
            Same((machine.Stack[l - 1].HiddenLogits(h[l - 1]) + machine.Stack[l].VisibleLogits(h[l + 1])) / 2, machine.Logits(l, h));
        using var random = new BernoulliSource(0);
        Assert.Throws<InvalidOperationException>(() => machine.Stack[0].Annealed(machine.Biases[0], random));
    }

    /// <summary>Two copies of the visible units that share weights: hidden units given both are those of the doubled machine.</summary>
    [Fact]
    public void A_doubled_machine_is_one_with_copies_of_its_units()
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        using var doubled = new RestrictedBoltzmannMachine(4, 3, torch.CPU) { VisibleCopies = 2 };
        using var copied = new RestrictedBoltzmannMachine(8, 3, torch.CPU);
        doubled.W.copy_(torch.randn_like(doubled.W));
        doubled.B.copy_(torch.randn_like(doubled.B));
        doubled.C.copy_(torch.randn_like(doubled.C));
        copied.W.copy_(torch.cat([doubled.W, doubled.W], 1));
        copied.B.copy_(torch.cat([doubled.B, doubled.B]));
        // Each copy brings its half of the bias.
        copied.C.copy_(doubled.C * 2);
        torch.Tensor v = BoltzmannMachine.States(4).to(torch.ScalarType.Float32), h = BoltzmannMachine.States(3).to(torch.ScalarType.Float32);
        Same(copied.HiddenLogits(torch.cat([v, v], 1)), doubled.HiddenLogits(v));
        Same(copied.VisibleLogits(h).narrow(1, 0, 4), doubled.VisibleLogits(h));
    }

    /// <summary>A machine between two others learns what one learns that hears each of them once; it holds half of its weights and biases.</summary>
    [Fact]
    public void A_machine_in_the_middle_is_trained_as_any_and_halved()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable grad = torch.no_grad();
        var recipe = new DbmRecipe { FirstUnits = 6, SecondUnits = 5, ThirdUnits = 4, FirstEpochs = 1, UpperEpochs = 2, JointEpochs = 1, BatchSize = 96, PretrainingDecay = 0.5 };
        using var tiny = new TinySubject("dbm/mnist-3layer", recipe: recipe);
        tiny.Initialise().Train(1);
        Dictionary<string, torch.Tensor> weights = tiny.Weights();
        using var first = new RestrictedBoltzmannMachine(8, 6, torch.CPU) { VisibleCopies = 2 };
        using var plain = new RestrictedBoltzmannMachine(6, 5, torch.CPU);
        first.W.copy_(weights["rbm_1_weights"]);
        first.C.copy_(weights["rbm_1_hidden_bias"]);
        plain.W.copy_(weights["rbm_2_weights"] * 2);
        using var negative = new ContrastiveDivergence(plain);
        using var learner = new RbmLearner(plain, negative, recipe.PretrainingDecay);
        using DataSet images = TrainingImages.WithValidation(tiny.Data);
        using var batches = new Batches(images, Split.Train, recipe.BatchSize, tiny.Seed);
        for (long step = 1; step <= 2; step++)
        {
            tiny.Train(1, from: step);
            torch.manual_seed(SeedSequence.Derive(tiny.Seed, step, Purpose.Step));
            using var random = BernoulliSource.Seeded();
            torch.Tensor below = random.Draw(first.HiddenLogits(batches.Examples(step, 0).to(torch.ScalarType.Float32)));
            learner.Learn(tiny.At(step), below, new Pace(1, recipe.PretrainingRate, recipe.InitialMomentum), random);
        }

        weights = tiny.Weights();
        Same(plain.W, weights["rbm_2_weights"] * 2);
        Same(plain.B, weights["rbm_2_visible_bias"] * 2);
        Same(plain.C, weights["rbm_2_hidden_bias"] * 2);
        Assert.True(plain.B.abs().max().ToDouble() > 1e-4);
    }

    [Fact]
    public void A_machine_in_the_middle_starts_at_half_of_the_deviation()
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject tiny = new TinySubject("dbm/mnist-3layer", recipe: new DbmRecipe { FirstUnits = 60, SecondUnits = 60, ThirdUnits = 60 }).Initialise();
        Dictionary<string, torch.Tensor> weights = tiny.Weights();
        // Of 3600 numbers a deviation is known to one part in eighty.
        Assert.InRange(weights["rbm_3_weights"].std().ToDouble(), 0.0094, 0.0106);
        Assert.InRange(weights["rbm_2_weights"].std().ToDouble(), 0.0047, 0.0053);
    }

    [Theory]
    [InlineData("dbm/mnist-2layer", 2)]
    [InlineData("dbm/mnist-3layer", 3)]
    public void Pre_training_hands_its_biases_over(string name, int layers)
    {
        using IDisposable scope = torch.NewDisposeScope();
        // Two updates of each machine of the stack.
        using TinySubject tiny = new TinySubject(name).Initialise().Train(2 * layers);
        Dictionary<string, torch.Tensor> weights = tiny.Weights();
        for (int l = 0; l <= layers; l++)
        {
            torch.Tensor sum = torch.zeros_like(weights[$"bias_{l}"]);
            if (l > 0)
                sum.add_(weights[$"rbm_{l}_hidden_bias"]);
            if (l < layers)
                sum.add_(weights[$"rbm_{l + 1}_visible_bias"]);
            Same(sum, weights[$"bias_{l}"]);
            Assert.True(weights[$"bias_{l}"].abs().max().ToDouble() > 0);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Pre_training_and_joint_training_raise_the_bound(int thirdUnits)
    {
        double Trained(int epochs, int joint) => TinySubject.Trained(
            "dbm/mnist-2layer",
            new DbmRecipe
            {
                FirstUnits = 6,
                SecondUnits = 5,
                ThirdUnits = thirdUnits,
                FirstEpochs = epochs,
                UpperEpochs = epochs,
                JointEpochs = joint,
                BatchSize = 16,
                JointRate = 0.02,
            },
            "nll_bound");

        double fresh = Trained(1, 1), stacked = Trained(40, 1), joint = Trained(40, 150);
        Assert.True(stacked < fresh - 0.05, $"from {fresh} to {stacked}");
        Assert.True(joint < stacked - 0.02, $"from {stacked} to {joint}");
    }

    private static void Same(torch.Tensor one, torch.Tensor other)
    {
        Assert.Equal(one.shape, other.shape);
        Assert.InRange((one - other).abs().max().ToDouble(), 0, 1e-5);
    }
}
