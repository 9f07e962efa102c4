using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Replications.Claims;

namespace Replications.Fake;

/// <summary>One run: writes the record that its experiment is named for.</summary>
internal sealed class FakeRun
{
    // A test that forgot to end a waiting run must not leave it behind for long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunKey _key;
    private readonly string _folder;
    private readonly string _precision;
    private readonly string[] _set;
    private readonly string[] _declared;
    private readonly bool _resumed;
    private readonly bool _refused;

    public FakeRun(string[] args)
    {
        string Option(string name) => args[Array.IndexOf(args, name) + 1];
        _key = new RunKey(Option("--profile"), "fake", Option("--experiment"), long.Parse(Option("--seed"), System.Globalization.CultureInfo.InvariantCulture));
        _folder = new ResultsTree(Option("--results")).Folder(_key);
        _precision = Option("--precision");
        string[] All(string name) => [.. args.Zip(args.Skip(1)).Where(a => a.First == name).Select(a => a.Second)];
        _set = All("--set");
        _declared = All("--declared");
        Directory.CreateDirectory(_folder);
        File.AppendAllText(Path.Combine(_folder, "starts.txt"), string.Join(' ', args) + "\n");
        RunRecord? earlier = !args.Contains("--fresh") && File.Exists(RecordFile) ? RunRecordFile.Read(RecordFile) : null;
        _resumed = earlier?.State == RunState.Interrupted;
        _refused = earlier is not null && (earlier.Engine.Precision != _precision || !RerunCommand.Set(earlier.Overrides).SequenceEqual(_set));
    }

    private string RecordFile => Path.Combine(_folder, RunRecordFile.Name);

    public int Make()
    {
        if (_key.Experiment == "silent")
        {
            return ExitCode.Success;
        }

        if (_refused)
        {
            Console.Error.WriteLine("error: the folder holds a run made otherwise; --fresh begins again");
            return ExitCode.Failure;
        }

        Write(RunState.Running);
        Console.WriteLine(new ProgressLine("training", 1, 10, 1, 0.1, new Dictionary<string, double> { ["loss"] = 1.5 }, 3).Text());
        Console.WriteLine("a line of the log");
        switch (_key.Experiment)
        {
            case "failing":
                Console.Error.WriteLine("the stack of an exception");
                return End(RunState.Failed, "a planted fault", ExitCode.Failure);
            case "crashing":
                Environment.FailFast("a planted crash");
                return ExitCode.Success;
            case "diverging":
                return End(RunState.Diverged, "loss is NaN at update 7", ExitCode.Diverged);
            case "waiting" when !_resumed:
                return Wait();
            case "stubborn":
                return Ignore();
            default:
                return End(RunState.Succeeded, null, ExitCode.Success);
        }
    }

    private int Wait()
    {
        using ManualResetEventSlim stop = new();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Set();
        });
        Ready();
        return stop.Wait(Patience)
            ? End(RunState.Interrupted, "stopped by SIGTERM", ExitCode.Interrupted)
            : End(RunState.Failed, "no signal came", ExitCode.Failure);
    }

    private int Ignore()
    {
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            File.WriteAllText(Path.Combine(_folder, "ignored"), "");
        });
        Ready();
        Thread.Sleep(Patience);
        return ExitCode.Failure;
    }

    private void Ready() => File.WriteAllText(Path.Combine(_folder, "ready"), "");

    private int End(RunState state, string? reason, int code)
    {
        Write(state, reason);
        return code;
    }

    private void Write(RunState state, string? reason = null)
    {
        DateTimeOffset noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        JsonObject recipe = FakeExperiments.Recipe(_key.Experiment);
        JsonObject overrides = [];
        foreach (string[] pair in _set.Select(s => s.Split('=')))
        {
            recipe[pair[0]] = pair[1];
            overrides[pair[0]] = pair[1];
        }

        EngineRecord engine = new("none", "", "cpu", _precision, 1, "exact");
        double value = _key.Experiment == "exact" ? 1.25 : 1.2 + (0.01 * _key.Seed);
        RunRecordFile.Write(RecordFile, new RunRecord
        {
            Replication = _key.Replication,
            Experiment = _key.Experiment,
            Profile = _key.Profile,
            Seed = _key.Seed,
            State = state,
            Reason = reason,
            Reduced = _set.Length > 0 || (_key.Experiment == "scaled" && _key.Profile == Profiles.Quick),
            Deterministic = _key.Experiment == "exact",
            Recipe = recipe,
            Overrides = overrides,
            Declared = _declared,
            Command = RerunCommand.For(_key.Profile, _key.Replication, _key.Experiment, [_key.Seed], [engine], overrides),
            Commit = new string('0', 40),
            Dirty = false,
            Started = noon,
            Written = noon,
            Seconds = 2.5,
            Steps = 10,
            Hardware = new HardwareRecord("A processor", 2, 1L << 33, null, "Debian 12"),
            Engine = engine,
            Data = [new DataRecord("toy", "test", 100, "")],
            Measurements = state == RunState.Succeeded
                ? [new MeasurementRecord("nll", "test", "last", value, "nats", 0.005, ErrorKind.TestPoints, 100, 10)]
                : [],
        });
    }
}
