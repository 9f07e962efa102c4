namespace Replications.Boltzmann;

/// <summary>What changes in the course of training.</summary>
/// <param name="GibbsSteps">Gibbs steps of an update.</param>
/// <param name="Rate">Rate.</param>
/// <param name="Momentum">Momentum.</param>
public readonly record struct Pace(int GibbsSteps, double Rate, double Momentum);
