using Replications.Claims;
using Replications.Training.Subjects;

namespace Replications.Training.Loop;

/// <summary>How a training ended.</summary>
/// <param name="State"><see cref="RunState.Succeeded"/>, <see cref="RunState.Diverged"/> or <see cref="RunState.Interrupted"/>.</param>
/// <param name="Steps">Updates made.</param>
/// <param name="Epochs">Passes over the training split.</param>
/// <param name="SelectedStep">Step of the selected weights; null without selection.</param>
/// <param name="Measurements">Measurements taken at the end.</param>
/// <param name="Divergence">What was not finite; null unless diverged.</param>
public sealed record TrainingResult(
    RunState State, long Steps, double Epochs, long? SelectedStep,
    IReadOnlyList<MeasurementRecord> Measurements, DivergedException? Divergence);
