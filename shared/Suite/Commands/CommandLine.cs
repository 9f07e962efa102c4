using System.CommandLine;
using System.CommandLine.Help;
using Replications.Claims;

namespace Replications.Suite.Commands;

/// <summary>The command line of <c>./run-all.sh</c>.</summary>
internal static class CommandLine
{
    private const string Name = "run-all.sh";
    private const int HelpWidth = 110;
    private const string DefaultVerb = "run";

    /// <summary>Does what the command line says.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="workplace">Where.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Invoke(IReadOnlyList<string> args, Workplace workplace)
    {
        RootCommand root = Root(workplace);
        ParserConfiguration parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(WithVerb(args), parser);
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
            {
                throw new UsageException(Mistake(parsed, root));
            }

            // Signals are the runner's: the library would end the process after two seconds.
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = workplace.Out,
                Error = workplace.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException e)
        {
            workplace.Error.WriteLine($"{Name}: {e.Message}");
            workplace.Error.WriteLine($"'./{Name} --help' shows the verbs, './{Name} VERB --help' the options of one");
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            workplace.Error.WriteLine($"{Name}: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static RootCommand Root(Workplace workplace)
    {
        SuiteOptions options = new();
        RootCommand root = new(
            "Train the models of the papers, measure them, and judge the published numbers. Without a verb: run. Exit codes: 0 success; "
            + "1 something failed, diverged, is missing, or a check did not hold; 2 wrong command line; 3 the machine lacks something; "
            + "75 interrupted, the same command, less --fresh, goes on.")
        {
            HelpName = Name,
        };
        Verb[] verbs =
        [
            new RunVerb(workplace, options), new ListVerb(workplace, options), new PlanVerb(workplace, options),
            new StatusVerb(workplace, options), new VerifyVerb(workplace, options), new CompareVerb(workplace, options),
            new ReportVerb(workplace, options), new DoctorVerb(workplace, options),
        ];
        foreach (Verb verb in verbs)
        {
            root.Add(verb.ToCommand());
        }

        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            ((HelpAction)help.Action!).MaxWidth = HelpWidth;
        }

        return root;
    }

    /// <summary>Options alone are options of <c>run</c>; help and version alone are the suite's.</summary>
    private static IReadOnlyList<string> WithVerb(IReadOnlyList<string> args)
    {
        bool ofSuite = args.Count > 0 && (!args[0].StartsWith('-') || args[0] is "-h" or "-?" or "--help" or "--version");
        return ofSuite ? args : [DefaultVerb, .. args];
    }

    private static string Mistake(ParseResult parsed, RootCommand root)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors[0].Message;
        }

        string word = parsed.UnmatchedTokens[0];
        return word.StartsWith('-')
            ? NearestName.Refusal("option", word, [.. command.Options.Concat(root.Options.OfType<HelpOption>()).Select(o => o.Name)])
            : command == root
                ? NearestName.Refusal("verb", word, [.. root.Subcommands.Select(c => c.Name)])
                : $"'{word}': '{command.Name}' takes no such argument";
    }
}
