using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Every;

/// <summary>
/// What is measured and drawn are the weights, or their average where one is kept. That one is kept is seen from the state: a tensor that nothing trains, of the shape and
/// the name of a weight that is trained, but for what stands before the first dot: as a <c>WeightAverage</c> registers itself.
/// </summary>
public class AverageTests
{
    private const string Decay = "AverageDecay";

    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_weights_are_measured_or_their_average_where_one_is_kept(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject tiny = new TinySubject(name).Initialise();
        (Dictionary<string, torch.Tensor> weights, Dictionary<string, torch.Tensor> averages) = Kept(tiny);
        // Nothing is trained by gradient: there are no weights apart from what is measured.
        if (weights.Count == 0)
            return;
        tiny.Train(8);
        double[] trained = Measured(tiny);
        tiny.Put(weights);
        bool unmoved = trained.SequenceEqual(Measured(tiny));
        if (averages.Count == 0)
        {
            Assert.False(unmoved, "the weights are not measured; an average of them is not registered as one");
            return;
        }

        Assert.True(unmoved, "the weights are measured, not the average that is kept");
        tiny.Put(averages);
        Assert.NotEqual(trained, Measured(tiny));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_measured_is_drawn(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject tiny = new TinySubject(name).Initialise().Train(1);
        (Dictionary<string, torch.Tensor> weights, Dictionary<string, torch.Tensor> averages) = Kept(tiny);
        byte[][] trained = Drawn(tiny);
        if (averages.Count == 0 || trained.Length == 0)
            return;
        tiny.Put(Others(weights));
        Assert.Equal(trained, Drawn(tiny));
        tiny.Put(Others(averages));
        Assert.NotEqual(trained, Drawn(tiny));
    }

    public static TheoryData<string> Decaying => [.. Registry.Replications.SelectMany(r => r.Experiments, (r, e) => (Name: $"{r.Name}/{e.Name}", e.TinyRecipe))
        .Where(e => e.TinyRecipe.GetType().GetProperty(Decay) is not null).Select(e => e.Name)];

    /// <summary>An average that hardly moves measures as the weights did before they were trained, one that keeps nothing as they do now.</summary>
    [Theory]
    [MemberData(nameof(Decaying))]
    public void The_decay_of_the_average_is_the_recipes(string name)
    {
        const double Still = 1 - 1e-12;
        Assert.Equal(Measured(name, 0, Still), Measured(name, 5, Still), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.NotEqual(Measured(name, 0, 0), Measured(name, 5, 0), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    private static double[] Measured(string name, int steps, double decay)
    {
        Recipe recipe = Registry.Experiment(name).TinyRecipe with { };
        recipe.GetType().GetProperty(Decay)!.SetValue(recipe, decay);
        using TinySubject tiny = new TinySubject(name, recipe: recipe).Initialise().Train(steps);
        return Measured(tiny);
    }

    private static (Dictionary<string, torch.Tensor> Weights, Dictionary<string, torch.Tensor> Averages) Kept(TinySubject tiny)
    {
        Dictionary<string, torch.Tensor> all = tiny.Weights();
        Dictionary<string, torch.Tensor> weights = Of(all, [.. tiny.ByGradient().Select(w => w.Key)]);
        return (weights, Of(all, [.. all.Where(t => !weights.ContainsKey(t.Key) && weights.Any(w => IsAverage(t, w))).Select(t => t.Key)]));
    }

    private static Dictionary<string, torch.Tensor> Others(Dictionary<string, torch.Tensor> tensors) => tensors.ToDictionary(t => t.Key, t => torch.randn_like(t.Value));

    private static byte[][] Drawn(TinySubject tiny) => [.. tiny.Draw().Select(picture => picture.Pixels)];

    private static Dictionary<string, torch.Tensor> Of(Dictionary<string, torch.Tensor> all, HashSet<string> names) =>
        all.Where(t => names.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value);

    private static bool IsAverage(KeyValuePair<string, torch.Tensor> one, KeyValuePair<string, torch.Tensor> of) =>
        Own(one.Key) == Own(of.Key) && one.Value.shape.SequenceEqual(of.Value.shape);

    private static string Own(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static double[] Measured(TinySubject tiny) => [.. tiny.Subject.Schedule.MeasureAtEnd.SelectMany(split => tiny.Evaluate(split)).Select(m => m.Value)];
}
