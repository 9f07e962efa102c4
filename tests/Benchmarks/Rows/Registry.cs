namespace Replications.Benchmarks.Rows;

/// <summary>One row: how it is made, and how many steps a round takes so that a round lasts about a second or less.</summary>
/// <param name="Name">Name in the table and in <c>peer.py</c>.</param>
/// <param name="Steps">Steps of one round.</param>
/// <param name="Make">Makes our side; the default generator is seeded before.</param>
internal sealed record Row(string Name, int Steps, Func<IRow> Make);

/// <summary>The rows there are. A paper adds one here, with one small class beside this file and one function in <c>peer.py</c>.</summary>
internal static class Registry
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("add", 300_000, () => new AddRow()),
        new("mlp", 200, () => new MlpRow()),
    ];
}
