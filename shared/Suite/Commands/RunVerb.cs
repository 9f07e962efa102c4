using System.CommandLine;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Runs;
using Replications.Suite.Views;

namespace Replications.Suite.Commands;

/// <summary><c>run</c>: makes the runs of a plan, judges them, writes the report.</summary>
internal sealed class RunVerb(Workplace workplace, SuiteOptions options) : Verb(workplace, options)
{
    /// <inheritdoc/>
    protected override Command Declare() => new(
        "run",
        "Make every run that is asked for and not finished, judge the claims, write the report. Resumes what was interrupted, goes on "
        + "after a failure. Exit code: 0 all runs succeeded, whatever the verdicts; 1 something failed, diverged or is missing; 2 wrong "
        + "command line; 75 interrupted, the same command, less --fresh, goes on.")
    {
        Options.Profile, Options.Only, Options.Seeds, Options.Device, Options.Threads, Options.Precision, Options.Fresh, Options.Set, Options.DataMirror, Options.Budget,
        Options.Results,
    };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        RunRequest request = Options.ReadRequest(parsed, Workplace);
        Catalogue catalogue = LoadCatalogue();
        Selection selection = new(request.Only, catalogue);
        Plan plan = Plan.Of(request, catalogue, selection, Workplace);

        IReadOnlyList<string> failures;
        bool interrupted;
        using (Interruption interruption = Workplace.Listen())
        {
            failures = new Runner(Workplace, catalogue, request).Run(plan, interruption);
            interrupted = interruption.Requested;
        }

        Judging judging = new(catalogue, request.Results)
        {
            Asked = [.. plan.Runs.Select(r => r.Key)],
            LeftOut = plan.Runs.Where(r => r.Step == Step.LeaveOut).ToDictionary(r => r.Key, r => r.Reason),
        };
        DateTimeOffset now = Workplace.Clock.GetUtcNow();
        VerdictTable picked = judging.Judge(request.Profile, selection, now);
        VerdictView view = new(Workplace);
        view.Print(picked);
        view.Explain(picked);
        foreach (string failure in failures)
        {
            Workplace.Error.WriteLine(failure);
        }

        // The report is of the whole profile: a run of a part must not take the rest out of it.
        new ReportFolder(Workplace).Write(request.Profile, judging.Judge(request.Profile, null, now), request.Results);
        return failures.Count > 0 ? ExitCode.Failure
            : interrupted ? ExitCode.Interrupted
            : picked.Exit;
    }
}
