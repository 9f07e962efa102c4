using Replications.Metrics.Parzen;
using TorchSharp;

namespace Replications.Metrics.Tests.Parzen;

public class ParzenWindowTests
{
    [Fact]
    public void One_centre_is_a_Gaussian()
    {
        using torch.Tensor centre = Rows(1, 0.5f, -0.25f, 0f);
        using torch.Tensor point = Rows(1, 0f, 0f, 1f);
        double squared = 0.25 + 0.0625 + 1, sigma = 0.2;
        double expected = -(squared / (2 * sigma * sigma)) - (1.5 * Math.Log(2 * Math.PI * sigma * sigma));
        Assert.Equal(expected, new ParzenWindow(centre).LogDensity(point, sigma)[0], 8);
    }

    [Fact]
    public void Two_centres_by_hand()
    {
        // At 0 with centres 0 and 2 and sigma 1: log((1 + e^-2)/2) - log(2 pi)/2.
        using torch.Tensor centres = Rows(2, 0f, 2f);
        using torch.Tensor point = Rows(1, 0f);
        double expected = Math.Log((1 + Math.Exp(-2)) / 2) - (0.5 * Math.Log(2 * Math.PI));
        Assert.Equal(expected, new ParzenWindow(centres).LogDensity(point, 1)[0], 10);
    }

    [Fact]
    public void Many_Gaussian_centres_come_near_the_convolved_Gaussian()
    {
        // Centres from N(0,1): the window's expectation is N(x; 0, 1 + sigma^2), exactly.
        var random = new Random(3);
        float[] draws = [.. Enumerable.Range(0, 100_000).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        using torch.Tensor centres = torch.tensor(draws).reshape(-1, 1);
        using torch.Tensor points = Rows(3, -1f, 0f, 1.5f);
        double[] actual = new ParzenWindow(centres).LogDensity(points, 0.5);
        double[] expected = [.. new[] { -1.0, 0, 1.5 }.Select(x => -0.5 * ((x * x / 1.25) + Math.Log(2 * Math.PI * 1.25)))];
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], actual[i], 0.01);
    }

    [Fact]
    public void More_points_than_a_chunk_come_out_in_order()
    {
        using torch.Tensor centres = torch.zeros(1, 2);
        using torch.Tensor points = torch.arange(250, dtype: torch.ScalarType.Float32).unsqueeze(1).repeat(1, 2);
        double[] all = new ParzenWindow(centres).LogDensity(points, 10);
        Assert.Equal(250, all.Length);
        for (int i = 0; i < 250; i++)
            Assert.Equal(-(i * (double)i / 100) - Math.Log(2 * Math.PI * 100), all[i], 8);
    }

    [Fact]
    public void The_selected_width_is_the_best_on_validation()
    {
        using torch.Tensor centres = Rows(3, -0.4f, 0f, 0.4f);
        using torch.Tensor validation = Rows(2, -0.2f, 0.2f);
        var window = new ParzenWindow(centres);
        double best = window.SelectSigma(validation, ParzenWindow.Grid);
        double bestMean = window.LogDensity(validation, best).Average();
        Assert.All(ParzenWindow.Grid, sigma => Assert.True(window.LogDensity(validation, sigma).Average() <= bestMean));
    }

    [Fact]
    public void The_grid_runs_from_a_tenth_to_one()
    {
        Assert.Equal(10, ParzenWindow.Grid.Count);
        Assert.Equal(0.1, ParzenWindow.Grid[0], 12);
        Assert.Equal(1, ParzenWindow.Grid[9], 12);
    }

    [Fact]
    public void A_width_of_zero_is_refused()
    {
        using torch.Tensor centres = torch.zeros(1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParzenWindow(centres).LogDensity(centres, 0));
    }

    private static torch.Tensor Rows(int count, params float[] values) => torch.tensor(values).reshape(count, -1);
}
