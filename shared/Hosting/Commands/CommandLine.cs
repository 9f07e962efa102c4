using System.CommandLine;
using Replications.Claims;
using Replications.Hosting.Experiments;

namespace Replications.Hosting.Commands;

/// <summary>The command line of every replication.</summary>
internal static class CommandLine
{
    /// <summary>Parses and does what is asked.</summary>
    public static int Invoke(string[] args, Replication replication, HostServices services)
    {
        RootCommand root = new($"{replication.Name}: {replication.Paper}")
        {
            Describe(replication), Run(replication, services), Draw(replication, services),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(e => e.Message).Distinct())
                Console.Error.WriteLine($"error: {message}{Hint(parsed, message)}");
            Console.Error.WriteLine("--help shows what there is");
            return ExitCode.Usage;
        }

        // Signals are the run's own business: it must save first.
        return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static Command Describe(Replication replication)
    {
        var command = new Command("describe", "Lists the experiments as JSON. Needs no libtorch.");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(Description.Json(replication));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Run(Replication replication, HostServices services)
    {
        var options = new RunOptions();
        var command = new Command("run", "Trains and measures one experiment; goes on where an interrupted run stopped.");
        options.AddTo(command);
        command.SetAction(parsed => Guarded(() => RunCommand.Execute(replication, options.Request(parsed), services)));
        return command;
    }

    private static Command Draw(Replication replication, HostServices services)
    {
        var options = new RunOptions();
        var command = new Command("draw", "Draws the pictures of a run again from the weights it left.");
        options.AddPlaceTo(command);
        command.SetAction(parsed => Guarded(() => DrawCommand.Execute(replication, options.Request(parsed), services)));
        return command;
    }

    private static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Usage;
        }
    }

    private static string Hint(ParseResult parsed, string message)
    {
        string? typed = parsed.UnmatchedTokens.FirstOrDefault(t => message.Contains($"'{t}'", StringComparison.Ordinal));
        if (typed is null)
            return "";
        Command command = parsed.CommandResult.Command;
        return NearestName.Of(typed, [.. command.Options.Select(o => o.Name), .. command.Subcommands.Select(c => c.Name)]) is { } near
            ? $"; did you mean '{near}'?"
            : "";
    }
}
