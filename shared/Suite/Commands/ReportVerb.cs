using System.CommandLine;
using Replications.Claims;
using Replications.Suite.Views;

namespace Replications.Suite.Commands;

/// <summary><c>report</c>: writes the report of stored runs again, without training.</summary>
internal sealed class ReportVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("report", "Write summary.csv, charts and report.html of stored runs again, without training.")
    {
        Options.Profile, Options.Results,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        string profile = Options.ReadProfile(parsed);
        string results = Options.ReadStoredResults(parsed, Workplace);
        VerdictTable table = new Judging(LoadCatalogue(), results).Judge(profile, null, Workplace.Clock.GetUtcNow());
        new VerdictView(Workplace).Explain(table);
        new ReportFolder(Workplace).Write(profile, table, results);
        return table.Exit;
    }
}
