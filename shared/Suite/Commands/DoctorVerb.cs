using System.CommandLine;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Checkups;
using Replications.Suite.Views;
using Spectre.Console;

namespace Replications.Suite.Commands;

/// <summary><c>doctor</c>: what the machine has and lacks.</summary>
internal sealed class DoctorVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("doctor", "Say what the machine has and lacks. Exit code 3 when something needed is not there.")
    {
        Options.Results, Options.Json,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        Checkup checkup = new(Workplace, Options.ReadResults(parsed, Workplace));
        IReadOnlyList<Finding> findings = checkup.Findings(Catalogue.Load(Workplace));
        if (parsed.GetValue(Options.Json))
        {
            Tables.PrintJson(Workplace, findings);
        }
        else
        {
            Table table = Tables.Of("what", "", "found");
            foreach (Finding finding in findings)
            {
                Tables.Add(table, finding.Name, finding.Ok switch { true => "ok", false => "NOT OK", null => "-" }, finding.Text);
            }

            Tables.Print(Workplace, table);
        }

        return findings.Any(f => f.Ok == false) ? ExitCode.Setup : ExitCode.Success;
    }
}
