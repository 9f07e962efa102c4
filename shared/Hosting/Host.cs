using Replications.Hosting.Commands;
using Replications.Hosting.Experiments;
using Replications.Hosting.Records;

namespace Replications.Hosting;

/// <summary>What the Program.cs of a replication calls, and all it calls.</summary>
public static class Host
{
    /// <summary>Does what the command line asks for: <c>describe</c>, <c>run</c> or <c>draw</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="replication">The paper.</param>
    /// <returns>An exit code of <see cref="Claims.ExitCode"/>.</returns>
    public static int Run(string[] args, Replication replication) => Run(args, replication, new HostServices { Data = RegistryData.Open });

    /// <summary>The same with another disk, other data or other checkpoint times.</summary>
    internal static int Run(string[] args, Replication replication, HostServices services) => CommandLine.Invoke(args, replication, services);
}
