using Replications.Training.Subjects;

namespace Replications.Benchmarks.Rows;

/// <summary>One row: how our side is made.</summary>
/// <param name="Name">Name in the table and in <c>peer.py</c>.</param>
/// <param name="Make">Makes our side; the default generator is seeded before.</param>
internal sealed record Row(string Name, Func<IRow> Make);

/// <summary>The rows there are. A paper adds one here, with one small class beside this file and one function in <c>peer.py</c>.</summary>
internal static class Registry
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("add", () => new AddRow()),
        new("mlp", () => new MlpRow()),
        new("made-500", () => new MadeRow(500, Precision.BFloat16)),
        new("made-8000", () => new MadeRow(8000, Precision.BFloat16)),
        new("made-500-fp32", () => new MadeRow(500, Precision.Float32)),
        new("made-8000-fp32", () => new MadeRow(8000, Precision.Float32)),
        new("rbm-cd1", () => new RbmRow(1)),
        new("rbm-cd25", () => new RbmRow(25)),
        new("ais", () => new AnnealingRow()),
        new("pixelcnn-mnist", () => new PixelCnnRow(Precision.BFloat16)),
        new("pixelcnn-mnist-fp32", () => new PixelCnnRow(Precision.Float32)),
    ];
}
