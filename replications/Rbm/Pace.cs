namespace Replications.Rbm;

/// <summary>What changes in the course of training.</summary>
/// <param name="GibbsSteps">Gibbs steps of an update.</param>
/// <param name="Rate">Rate.</param>
/// <param name="Momentum">Momentum.</param>
public readonly record struct Pace(int GibbsSteps, double Rate, double Momentum)
{
    /// <summary>The pace of an update.</summary>
    /// <param name="recipe">Constants.</param>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="done">Share of all updates made once this one is, in (0, 1].</param>
    public static Pace Of(RbmRecipe recipe, long epoch, double done)
    {
        int steps = recipe.EpochsPerGibbsStep == 0
            ? recipe.GibbsSteps
            : (int)Math.Min(recipe.GibbsSteps, 1 + (epoch / recipe.EpochsPerGibbsStep));
        double rate = recipe.EpochsPerGibbsStep == 0 ? recipe.Rate : recipe.Rate / steps;
        double cooled = recipe.Cooling == 0 ? 1 : Math.Min(1, (1 - done) / recipe.Cooling);
        return new Pace(steps, rate * cooled, epoch < recipe.MomentumEpochs ? recipe.InitialMomentum : recipe.FinalMomentum);
    }
}
