namespace Replications.Hosting.Commands;

/// <summary>The command line asks for something that is not there; nothing was done.</summary>
/// <param name="message">A sentence, with the nearest thing that is there.</param>
public sealed class UsageException(string message) : Exception(message);
