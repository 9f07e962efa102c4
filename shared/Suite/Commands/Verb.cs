using System.CommandLine;
using Replications.Suite.Catalogues;

namespace Replications.Suite.Commands;

/// <summary>A verb of the command line.</summary>
/// <param name="workplace">Where.</param>
/// <param name="options">The shared options.</param>
internal abstract class Verb(Workplace workplace, SuiteOptions options)
{
    /// <summary>Where.</summary>
    protected Workplace Workplace => workplace;

    /// <summary>The shared options.</summary>
    protected SuiteOptions Options => options;

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        Command command = Declare();
        command.SetAction(Run);
        return command;
    }

    /// <summary>Name, help and options.</summary>
    protected abstract Command Declare();

    /// <summary>Does it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The exit code.</returns>
    protected abstract int Run(ParseResult parsed);

    /// <summary>What there is, with a word on what is wrong with it.</summary>
    protected Catalogue LoadCatalogue()
    {
        Catalogue catalogue = Catalogue.Load(workplace);
        foreach (CatalogueProblem problem in catalogue.Problems)
        {
            workplace.Error.WriteLine($"{problem.Replication}: {problem.Text}");
        }

        return catalogue;
    }
}
