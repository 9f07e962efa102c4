namespace Replications.Training.Engine;

/// <summary>The machine lacks what a run was asked to compute with. The message says what to do.</summary>
/// <param name="message">A full sentence.</param>
/// <param name="cause">The error underneath, when there is one.</param>
public sealed class EngineException(string message, Exception? cause = null) : Exception(message, cause);
