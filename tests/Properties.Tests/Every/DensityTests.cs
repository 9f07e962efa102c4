using System.Reflection;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Every;

/// <summary>What a model that declares probabilities must obey.</summary>
public class DensityTests
{
    // What can be written down one after another in a moment.
    private const double MostStates = 1 << 20;

    public static TheoryData<string> Names => Registry.Names;

    /// <summary>The tests below say nothing of a model that declares nothing, so it must say why it does not.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_model_declares_its_probabilities_or_says_why_not(string name)
    {
        using var tiny = new TinySubject(name);
        Type model = tiny.Subject.GetType();
        WithoutAttribute[] without = [.. model.GetCustomAttributes<WithoutAttribute>()];
        Assert.All(without, w => Assert.False(string.IsNullOrWhiteSpace(w.Reason), $"{model.Name} gives no reason"));
        foreach (Type capability in new[] { typeof(IDiscreteDensity), typeof(IAutoregressive) })
        {
            bool declared = capability.IsInstanceOfType(tiny.Subject), excused = without.Any(w => w.Capabilities.Contains(capability));
            Assert.True(declared != excused, $"{model.Name} must either be an {capability.Name} or say by [Without] why it is none");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probabilities_of_the_whole_space_sum_to_one(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(5);
        if (tiny.Subject is not IDiscreteDensity density)
            return;
        using torch.Tensor space = Space(tiny, density.Values);
        double sum = density.LogProbability(space).Sum(Math.Exp);
        Assert.Equal(1, sum, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reported_likelihood_is_that_of_the_declared_probabilities(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(5);
        if (tiny.Subject is not IDiscreteDensity density)
            return;
        foreach (Datasets.Split split in tiny.Subject.Schedule.MeasureAtEnd)
        {
            double[] logs = density.LogProbability(tiny.Data.Examples(split));
            double nats = -logs.Average(), error = Math.Sqrt(logs.Sum(l => Math.Pow(l + nats, 2)) / (logs.Length - 1) / logs.Length);
            Measurement[] likelihoods = [.. tiny.Evaluate(split).Where(m => m.Metric is "nll" or "bpd")];
            Assert.NotEmpty(likelihoods);
            foreach (Measurement measured in likelihoods)
            {
                double scale = measured.Unit == "nats" ? 1 : tiny.Dimensions * Math.Log(2), expected = nats / scale;
                Assert.True(double.IsFinite(measured.Value), $"{measured.Metric} on {split} is {measured.Value}");
                Assert.Equal(expected, measured.Value, 1e-6);
                if (measured.ErrorKind == Claims.ErrorKind.TestPoints)
                    Assert.Equal(error / scale, measured.StandardError!.Value, 1e-6);
                else
                    Assert.True(error / scale < 1e-9 || measured.ErrorKind == Claims.ErrorKind.MetricDraws, $"{measured.Metric} on {split} has no error over test points");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_output_depends_on_an_input_that_does_not_come_before_it(string name)
    {
        using TinySubject tiny = new TinySubject(name).Initialise().Train(5);
        if (tiny.Subject is not IAutoregressive model)
            return;
        for (int order = 0; order < model.Orders; order++)
        {
            using IDisposable scope = torch.NewDisposeScope();
            torch.Tensor x = tiny.Data.Examples(Datasets.Split.Train).to(torch.ScalarType.Float32).requires_grad_();
            (torch.Tensor outputs, int[] position) = model.Conditionals(x, order);
            Assert.Equal(Enumerable.Range(0, tiny.Dimensions), position.Order());
            double before = 0;
            for (int d = 0; d < tiny.Dimensions; d++)
            {
                torch.Tensor jacobian = torch.autograd.grad([outputs.select(1, d).sum()], [x], retain_graph: true, allow_unused: true)[0];
                for (int i = 0; i < tiny.Dimensions; i++)
                {
                    double influence = jacobian is null ? 0 : jacobian.reshape(jacobian.shape[0], -1).select(1, i).abs().sum().ToDouble();
                    if (position[i] < position[d])
                        before += influence;
                    else
                        Assert.Equal(0, influence);
                }
            }

            Assert.True(before > 0, "no output depends on any input: the test would pass for a model of independent outputs");
        }
    }

    private static torch.Tensor Space(TinySubject tiny, int values)
    {
        double states = Math.Pow(values, tiny.Dimensions);
        Assert.True(states <= MostStates, $"{states} states are too many to add up: the experiment needs a smaller TinyShape");
        int count = (int)states;
        byte[] all = new byte[count * tiny.Dimensions];
        for (int n = 0; n < count; n++)
        {
            for (int d = 0, rest = n; d < tiny.Dimensions; d++, rest /= values)
                all[(n * tiny.Dimensions) + d] = (byte)(rest % values);
        }

        using torch.Tensor flat = torch.tensor(all, device: TestDevice.Device);
        return flat.reshape([count, .. tiny.Data.Shape]).clone();
    }
}
