using System.Globalization;
using Replications.Claims;
using Replications.Suite.Catalogues;
using Replications.Suite.Plans;
using Replications.Suite.Views;

namespace Replications.Suite.Runs;

/// <summary>Makes the runs of a plan one after another, and goes on after a failure.</summary>
/// <param name="workplace">Where.</param>
/// <param name="catalogue">The programs.</param>
/// <param name="request">What was asked.</param>
internal sealed class Runner(Workplace workplace, Catalogue catalogue, RunRequest request)
{
    private readonly ProgressView _view = new(workplace);
    private readonly ResultsTree _results = new(request.Results);

    // Asked once: the checkout may move on while runs are made.
    private readonly SourceVersion _source = workplace.Source();

    // What is started has to be what that source gave: a set-up typed meanwhile builds in the same place.
    private readonly string _built = workplace.Built();

    /// <summary>Makes the runs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="interruption">Ends the plan after the run under way.</param>
    /// <returns>What failed, one sentence each, whatever the records say.</returns>
    public IReadOnlyList<string> Run(Plan plan, Interruption interruption)
    {
        List<string> failures = [];
        foreach (PlannedRun run in plan.Runs.Where(r => r.Step is Step.Skip or Step.LeaveOut))
        {
            _view.Say($"{run.Name}: {(run.Step == Step.Skip ? "finished already" : "left out: " + run.Reason)}");
        }

        IReadOnlyList<PlannedRun> runs = plan.ToMake;
        for (int i = 0; i < runs.Count && !interruption.Requested; i++)
        {
            double[] after = [.. runs.Skip(i + 1).Select(r => r.Cost ?? double.NaN)];
            string name = string.Create(CultureInfo.InvariantCulture, $"[{i + 1}/{runs.Count}] {runs[i].Name}");
            _view.Begin(name, runs[i].Step == Step.Resume ? $"taken up ({runs[i].Reason})" : runs[i].Reason, after.Any(double.IsNaN) ? null : after.Sum());
            if (Make(runs[i], name, interruption) is { } failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }

    private string? Make(PlannedRun run, string name, Interruption interruption)
    {
        if (workplace.Built() != _built)
        {
            const string Rebuilt = "the programs were built anew since this command began: type it again";
            _view.Say($"{name}: {Rebuilt}");
            return $"{run.Name}: {Rebuilt}";
        }

        long began = workplace.Clock.GetTimestamp();
        ChildRun child = new(
            catalogue.Programs[run.Key.Replication], ChildRun.Arguments(run, request, workplace.HasGpu, _source, catalogue.ClaimsOf(run.Experiment)));
        int code;
        try
        {
            code = child.Run(_view, interruption);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            _view.Say($"{name}: could not be started: {e.Message}");
            return $"{run.Name}: could not be started: {e.Message}";
        }

        string took = Time.Text(workplace.Clock.GetElapsedTime(began).TotalSeconds);
        StoredRun stored = _results.Find(run.Key);
        if (code == ExitCode.Success && stored.Outcome == RunOutcome.Succeeded)
        {
            _view.Say($"{name}: succeeded in {took}");
            return null;
        }

        if (code == ExitCode.Interrupted && stored.Outcome == RunOutcome.Interrupted)
        {
            _view.Say($"{name}: interrupted after {took}; the same command{(request.Fresh ? ", less --fresh," : "")} goes on");
            return null;
        }

        string how = Ending(code);
        _view.Say($"{name}: {how} after {took}{(stored.Reason is { } reason ? $": {reason}" : "")}");
        foreach (string line in child.LastLines)
        {
            _view.Say("    " + line);
        }

        return $"{run.Name}: {how}";
    }

    private static string Ending(int code) => code switch
    {
        ExitCode.Success => "left no record of success",
        ExitCode.Usage => "refused its options (exit code 2)",
        ExitCode.Setup => "lacked something of the machine (exit code 3)",
        ExitCode.Diverged => "diverged (exit code 4)",
        ExitCode.Locked => "found its folder held by another process (exit code 5)",
        ExitCode.Interrupted => "was interrupted (exit code 75)",
        > 128 and < 160 => string.Create(CultureInfo.InvariantCulture, $"was killed by signal {code - 128}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"failed (exit code {code})"),
    };
}
