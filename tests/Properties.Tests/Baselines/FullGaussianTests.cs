using Replications.Baselines;
using Replications.Datasets;
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Baselines;

public class FullGaussianTests
{
    [Fact]
    public void Two_pixels_by_the_formula()
    {
        using TinySubject tiny = new TinySubject("baselines/cifar10-gaussian").Initialise();
        double[][] train = Rows(tiny.Data.Examples(Split.Train)), test = Rows(tiny.Data.Examples(Split.Test));
        double n = train.Length;
        double m0 = train.Average(r => r[0]) + 0.5, m1 = train.Average(r => r[1]) + 0.5;
        double s00 = train.Sum(r => Square(r[0] + 0.5 - m0)) / n + (1 / 12.0);
        double s11 = train.Sum(r => Square(r[1] + 0.5 - m1)) / n + (1 / 12.0);
        double s01 = train.Sum(r => (r[0] + 0.5 - m0) * (r[1] + 0.5 - m1)) / n;
        double det = (s00 * s11) - (s01 * s01);
        double nats = test.Average(r =>
        {
            double a = r[0] + 0.5 - m0, b = r[1] + 0.5 - m1;
            double quadratic = ((s11 * a * a) - (2 * s01 * a * b) + (s00 * b * b)) / det;
            // E over u of the quadratic form adds tr(S^-1)/12.
            return Math.Log(2 * Math.PI) + (0.5 * Math.Log(det)) + (0.5 * (quadratic + ((s00 + s11) / det / 12)));
        });
        Measurement bpd = tiny.Evaluate(Split.Test).Single();
        Assert.Equal(nats / (2 * Math.Log(2)), bpd.Value, 1e-9);
    }

    [Fact]
    public void Drawn_noise_comes_near_the_exact_expectation()
    {
        using TinySubject tiny = new TinySubject("baselines/cifar10-gaussian").Initialise();
        using IDisposable scope = torch.NewDisposeScope();
        var gaussian = (FullGaussian)tiny.Subject;
        torch.Tensor x = tiny.Data.Examples(Split.Test).reshape(32, 2).to(torch.ScalarType.Float64);
        double expected = gaussian.ExpectedLogDensity(x).mean().ToDouble();
        torch.manual_seed(1);
        // log N at x + u, from the same parameters: shift by u - 1/2 and give the noise's trace term back.
        double trace = gaussian.TraceTerm();
        double drawn = Enumerable.Range(0, 4000).Average(_ => gaussian.ExpectedLogDensity(x + torch.rand_like(x) - 0.5).mean().ToDouble() + trace);
        Assert.Equal(expected, drawn, 1e-4);
    }

    private static double[][] Rows(torch.Tensor examples)
    {
        byte[] all = examples.data<byte>().ToArray();
        return [.. all.Chunk(2).Select(c => new double[] { c[0], c[1] })];
    }

    private static double Square(double x) => x * x;
}
