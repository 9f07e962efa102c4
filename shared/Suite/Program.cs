using Replications.Claims;
using Replications.Suite;
using Replications.Suite.Commands;

try
{
    return CommandLine.Invoke(args, Workplace.OfThisProcess());
}
catch (UsageException e)
{
    Console.Error.WriteLine($"run-all.sh: {e.Message}");
    return ExitCode.Usage;
}
