using Replications.Claims;
using Replications.Datasets;
using Replications.Training.Loop;
using TorchSharp;

namespace Replications.Hosting.Records;

/// <summary>Where a run gets its data set from.</summary>
/// <param name="id">Registry id.</param>
/// <param name="mirror">Folder of <c>--data-mirror</c>; null without.</param>
/// <param name="device">Where the tensors are to live.</param>
/// <param name="say">Receives a line for what takes time.</param>
/// <param name="stop">Asks the run to end.</param>
internal delegate DataSet DataOpener(string id, string? mirror, torch.Device device, Action<string> say, CancellationToken stop);

/// <summary>The registry's data sets, and what run.json says of them.</summary>
internal static class RegistryData
{
    /// <summary>Opens a data set of the registry.</summary>
    /// <exception cref="DataException">It cannot be had or cannot be trusted.</exception>
    public static DataSet Open(string id, string? mirror, torch.Device device, Action<string> say, CancellationToken stop)
    {
        var options = new DataOptions { Report = say };
        return DataSets.Open(id, mirror is null ? options : options with { Mirror = mirror }, device, stop);
    }

    /// <summary>The splits of a data set, with the hashes of their bytes.</summary>
    public static IReadOnlyList<DataRecord> Records(DataSet data) =>
        [.. data.Sources.Select(s => new DataRecord(s.Id, s.Split.Id(), s.Count, s.Sha256))];
}
