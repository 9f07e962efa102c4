using System.Globalization;

namespace Replications.Training.Subjects;

/// <summary>What a number of a recipe may be. Stands at its property, one at each, and is asked by <see cref="Recipe.Problems"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class RuleAttribute : Attribute
{
    /// <summary>What is asked of the number, in words that follow its name: <c>must be at least 1</c>.</summary>
    public abstract string Demand { get; }

    /// <summary>Says whether a number is as it must be; NaN never is.</summary>
    /// <param name="value">The number, whole or not.</param>
    public abstract bool Allows(double value);
}

/// <summary>A whole number that has a least value.</summary>
/// <param name="least">That value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAttribute(int least) : RuleAttribute
{
    /// <summary>The least value.</summary>
    public int Least { get; } = least;

    /// <inheritdoc/>
    public override string Demand => FormattableString.Invariant($"must be at least {Least}");

    /// <inheritdoc/>
    public override bool Allows(double value) => value >= Least;
}

/// <summary>A rate, a width: finite and above 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositiveAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Demand => "must be above 0 and finite";

    /// <inheritdoc/>
    public override bool Allows(double value) => value is > 0 and < double.PositiveInfinity;
}

/// <summary>Finite and not below 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotNegativeAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Demand => "must be at least 0 and finite";

    /// <inheritdoc/>
    public override bool Allows(double value) => value is >= 0 and < double.PositiveInfinity;
}

/// <summary>A number of an interval, such as a share.</summary>
/// <param name="interval">The interval as it is written on paper: <c>[0,1)</c> holds 0 and not 1.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute(string interval) : RuleAttribute
{
    /// <summary>The interval.</summary>
    public string Interval { get; } = interval;

    /// <inheritdoc/>
    public override string Demand => $"must lie {(HoldsLower || HoldsUpper ? "in" : "inside")} {Interval}";

    private bool HoldsLower => Interval[0] == '[';

    private bool HoldsUpper => Interval[^1] == ']';

    /// <inheritdoc/>
    public override bool Allows(double value)
    {
        string[] ends = Interval[1..^1].Split(',');
        double lower = double.Parse(ends[0], CultureInfo.InvariantCulture), upper = double.Parse(ends[1], CultureInfo.InvariantCulture);
        return (HoldsLower ? value >= lower : value > lower) && (HoldsUpper ? value <= upper : value < upper);
    }
}
