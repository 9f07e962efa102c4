using System.CommandLine;
using Replications.Claims;
using Replications.Training.Engine;
using Replications.Training.Subjects;

namespace Replications.Hosting.Commands;

/// <summary>The options of <c>run</c> and <c>draw</c>, and the request they make.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _experiment = new("--experiment", "-e") { Description = "Experiment, as 'describe' names it.", Required = true };
    private readonly Option<string> _profile = new("--profile") { Description = "quick: reduced size; paper: the published recipe.", DefaultValueFactory = _ => Profiles.Quick };
    private readonly Option<long> _seed = new("--seed") { Description = "Training seed.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _results = new("--results") { Description = "Results folder.", DefaultValueFactory = _ => "results" };
    private readonly Option<string> _device = new("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<string> _precision = new("--precision") { Description = "Products of the updates: float32 or bfloat16.", DefaultValueFactory = _ => ComputeEngine.Name(Precision.Float32) };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Begin again, whatever the folder holds." };
    private readonly Option<string[]> _set = new("--set") { Description = "name=value: change a constant of the recipe; may be repeated. No verdict is given then, unless the value is the paper's." };
    private readonly Option<string?> _mirror = new("--data-mirror") { Description = "Folder with the data sets' files, asked before anything else." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads of one operator; OMP_NUM_THREADS or the physical cores otherwise." };
    private readonly Option<string?> _source = new("--source") { Description = "Commit to record as the one this program was built from, '+dirty' behind it where the tree differed; git is asked otherwise." };
    private readonly Option<string[]> _declared = new("--declared") { Description = "What a claim holds this run to, to be recorded with it; may be repeated." };

    /// <summary>Gives a command every option.</summary>
    public void AddTo(Command command)
    {
        AddPlaceTo(command);
        foreach (Option option in (Option[])[_precision, _fresh, _set, _source, _declared])
            command.Add(option);
    }

    /// <summary>Gives a command the options that say which run and where.</summary>
    public void AddPlaceTo(Command command)
    {
        _profile.AcceptOnlyFromAmong([.. Profiles.All]);
        _precision.AcceptOnlyFromAmong([.. Enum.GetValues<Precision>().Select(ComputeEngine.Name)]);
        foreach (Option option in (Option[])[_experiment, _profile, _seed, _results, _device, _mirror, _threads])
            command.Add(option);
    }

    /// <summary>The request that a parsed command line makes.</summary>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public RunRequest Request(ParseResult parsed) => new()
    {
        Experiment = parsed.GetRequiredValue(_experiment),
        Profile = parsed.GetRequiredValue(_profile),
        Seed = Required(parsed.GetRequiredValue(_seed), seed => seed >= 0, "--seed is 0 or larger"),
        Results = Required(parsed.GetRequiredValue(_results), folder => folder.Length > 0, "--results names a folder"),
        Device = parsed.GetRequiredValue(_device),
        Precision = Enum.GetValues<Precision>().FirstOrDefault(p => ComputeEngine.Name(p) == parsed.GetValue(_precision)),
        Fresh = parsed.GetValue(_fresh),
        Sets = parsed.GetValue(_set) ?? [],
        DataMirror = parsed.GetValue(_mirror),
        Threads = Required(parsed.GetValue(_threads), threads => threads is null or >= 1, "--threads is 1 or larger"),
        Source = parsed.GetValue(_source) is { } source ? SourceVersion.Parse(source) : null,
        Declared = parsed.GetValue(_declared) ?? [],
    };

    // Not a validator of the parser's: those read values before it has found out whether they are numbers at all.
    private static T Required<T>(T value, Func<T, bool> holds, string message) => holds(value) ? value : throw new UsageException(message);
}
