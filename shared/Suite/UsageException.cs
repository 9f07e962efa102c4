namespace Replications.Suite;

/// <summary>The command line asked for something that does not exist: nothing was done, exit code 2.</summary>
/// <param name="message">What was wrong, and the nearest right thing.</param>
internal sealed class UsageException(string message) : Exception(message);
