namespace Replications.Training.Seeds;

/// <summary>What random numbers are drawn for. The values enter the seed: they never change.</summary>
public enum Purpose
{
    /// <summary>Making the subject: initial weights.</summary>
    Create = 0,

    /// <summary>Data-dependent initialisation.</summary>
    Initialise = 1,

    /// <summary>An update.</summary>
    Step = 2,

    /// <summary>Pictures.</summary>
    Draw = 3,

    /// <summary>Measuring the training split; the splits after it follow in their order.</summary>
    EvaluateTrain = 4,

    /// <summary>Measuring the validation split.</summary>
    EvaluateValid = 5,

    /// <summary>Measuring the test split.</summary>
    EvaluateTest = 6,
}
