using Replications.Datasets;
using TorchSharp;

namespace Replications.Boltzmann;

/// <summary>What the papers of these machines train on.</summary>
public static class TrainingImages
{
    /// <summary>All 60,000 training images: the files of Larochelle and Murray keep the last 10,000 apart.</summary>
    /// <param name="data">Train and valid.</param>
    /// <returns>Train alone, of both, without labels; the caller's to dispose.</returns>
    public static DataSet WithValidation(DataSet data)
    {
        using IDisposable scope = torch.NewDisposeScope();
        return new DataSet(data.Id, new Dictionary<Split, torch.Tensor>
        {
            [Split.Train] = torch.cat([data.Examples(Split.Train), data.Examples(Split.Valid)]),
        })
        {
            Kind = data.Kind,
            Sources = data.Sources,
        };
    }
}
