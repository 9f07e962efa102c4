#if !TORCHSHARP
using Replications.Properties.Tests.Registered;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Properties.Tests.Every;

/// <summary>What <c>--precision bfloat16</c> must leave as it is.</summary>
public class PrecisionTests
{
    public static TheoryData<string> Names => Registry.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_with_bfloat16_products_stays_close(string name)
    {
        using IDisposable scope = torch.NewDisposeScope();
        using TinySubject whole = Trained(name, Precision.Float32), rounded = Trained(name, Precision.BFloat16);
        Assert.All(rounded.Weights(), weight =>
        {
            Assert.True(torch.isfinite(weight.Value).all().ToBoolean(), $"{weight.Key} is not finite");
            Assert.NotEqual(torch.ScalarType.BFloat16, weight.Value.dtype);
        });
        // What is deterministic has a closed form without a product; everything else must be rounded, or the precision would be a word in a record.
        bool same = whole.State().AsSpan().SequenceEqual(rounded.State());
        Assert.Equal(Registry.Experiment(name).Deterministic, same);
        Assert.All(whole.Subject.Schedule.MeasureAtEnd, split => Assert.All(whole.Evaluate(split).Zip(rounded.Evaluate(split)), pair =>
            Assert.Equal(pair.First.Value, pair.Second.Value, 0.05 * Math.Max(1, Math.Abs(pair.First.Value)))));
    }

    private static TinySubject Trained(string name, Precision precision) => new TinySubject(name, square: true, precision: precision).Initialise().Train(6);
}
#endif
