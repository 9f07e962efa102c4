using Replications.Datasets;
using TorchSharp;

namespace Replications.Training.Subjects;

/// <summary>What a subject is made from besides its recipe.</summary>
/// <param name="Data">The experiment's data set, loaded and verified.</param>
/// <param name="Device">Where tensors live.</param>
/// <param name="Seed">Training seed; the default generators are seeded from it before the subject is made.</param>
public sealed record SubjectContext(DataSet Data, torch.Device Device, long Seed);
