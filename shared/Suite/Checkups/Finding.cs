namespace Replications.Suite.Checkups;

/// <summary>One thing the suite needs of the machine.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">True when it is there; null when the suite does without it.</param>
/// <param name="Text">What was found, or what to do.</param>
internal sealed record Finding(string Name, bool? Ok, string Text);
