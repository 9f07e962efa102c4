namespace Replications.Training.Checkpoints;

/// <summary>Checkpoints are there and none can be used. Never answered by starting again unasked.</summary>
/// <param name="message">Names each checkpoint and what is wrong with it.</param>
public sealed class CheckpointException(string message) : Exception(message);
