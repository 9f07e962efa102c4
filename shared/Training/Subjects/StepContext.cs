using System.Globalization;

namespace Replications.Training.Subjects;

/// <summary>What a step is told, and where it reports what is not finite.</summary>
/// <param name="seed">Training seed of the run.</param>
/// <param name="step">Updates made before this one, from 0.</param>
/// <param name="stepsPerEpoch">Updates in one pass over the data.</param>
public sealed class StepContext(long seed, long step, long stepsPerEpoch)
{
    /// <summary>Training seed of the run.</summary>
    public long Seed { get; } = seed;

    /// <summary>Updates made before this one, from 0.</summary>
    public long Step { get; } = step;

    /// <summary>Pass over the data this step belongs to, from 0.</summary>
    public long Epoch { get; } = step / stepsPerEpoch;

    /// <summary>Batch inside the pass, from 0.</summary>
    public long Batch { get; } = step % stepsPerEpoch;

    /// <summary>Stops the run when a quantity is NaN or infinite; asked before the update, it keeps the update from being made.</summary>
    /// <param name="quantity">Its name, for example <c>loss</c>.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value, finite.</returns>
    /// <exception cref="DivergedException">The value is not finite.</exception>
    public double RequireFinite(string quantity, double value) =>
        double.IsFinite(value) ? value : throw new DivergedException(Step, quantity, value);
}

/// <summary>A quantity of an update or of an evaluation was NaN or infinite.</summary>
/// <param name="step">Step, from 0.</param>
/// <param name="quantity">Name of the quantity.</param>
/// <param name="value">NaN or an infinity.</param>
public sealed class DivergedException(long step, string quantity, double value)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{quantity} was {value} at step {step}"))
{
    /// <summary>Step, from 0.</summary>
    public long Step { get; } = step;

    /// <summary>Name of the quantity.</summary>
    public string Quantity { get; } = quantity;
}
