using Replications.Datasets;

namespace Replications.Training.Loop;

/// <summary>Splits as files name them.</summary>
public static class SplitNames
{
    /// <summary><c>train</c>, <c>valid</c> or <c>test</c>.</summary>
    public static string Id(this Split split) => split.ToString().ToLowerInvariant();
}
