using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Replications.Claims;
using Replications.Suite.Plans;

namespace Replications.Suite.Commands;

/// <summary>The options that verbs share, each declared and read in one place.</summary>
internal sealed partial class SuiteOptions
{
    public Option<string> Profile { get; } = new("--profile")
    {
        Description = "quick: real data, reduced size, minutes. paper: the published recipe.",
        HelpName = "quick|paper",
        DefaultValueFactory = _ => Profiles.Quick,
    };

    public Option<string[]> Only { get; } = new("--only")
    {
        Description = "Globs on a replication, on replication/experiment or on a claim's id; comma list, repeatable.",
        HelpName = "glob,...",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Seeds { get; } = new("--seeds")
    {
        Description = "How many training seeds (3 is 1,2,3), a list (1,4), or a range (4-6; 4-4 is seed 4). Default: 1 in quick, what the claims need in paper.",
        HelpName = "seeds",
    };

    public Option<string?> Device { get; } = new("--device")
    {
        Description = "cpu, cuda or cuda:N. Default: the GPU where there is one.",
        HelpName = "device",
    };

    public Option<int?> Threads { get; } = new("--threads")
    {
        Description = "Threads of one operator, on which the last digits depend. Default: OMP_NUM_THREADS, else the physical cores.",
        HelpName = "count",
    };

    public Option<string> Precision { get; } = new("--precision")
    {
        Description = "Products of the updates: float32 or bfloat16.",
        HelpName = "precision",
        DefaultValueFactory = _ => Precisions.Float32,
    };

    public Option<bool> Fresh { get; } = new("--fresh") { Description = "Begin again, also what is finished or can be resumed." };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Change a constant of the recipe; the verdict becomes 'reduced', unless the value is the paper's. Repeatable.",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> DataMirror { get; } = new("--data-mirror")
    {
        Description = "Folder of data-set files for machines with no network. Default: REPLICATIONS_DATA_MIRROR.",
        HelpName = "folder",
    };

    public Option<string?> Budget { get; } = new("--budget")
    {
        Description = "Time to spend, for example 90m or 3h: the cheapest runs first, by measured cost; the rest is listed as missing.",
        HelpName = "time",
    };

    public Option<string?> Results { get; } = new("--results") { Description = "Results folder. Default: results/.", HelpName = "folder" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    /// <summary>Everything that says which runs are asked for.</summary>
    public RunRequest ReadRequest(ParseResult parsed, Workplace workplace) => new()
    {
        Profile = ReadProfile(parsed),
        Only = parsed.GetValue(Only)!,
        Seeds = ReadSeeds(parsed),
        Device = ReadDevice(parsed, workplace),
        Threads = ReadThreads(parsed),
        Precision = ReadPrecision(parsed),
        Fresh = parsed.GetValue(Fresh),
        Set = ReadSet(parsed),
        DataMirror = ReadDataMirror(parsed, workplace),
        Budget = ReadBudget(parsed),
        Results = ReadResults(parsed, workplace),
    };

    /// <summary>The profile, which must exist.</summary>
    public string ReadProfile(ParseResult parsed)
    {
        string profile = parsed.GetValue(Profile)!;
        return Profiles.All.Contains(profile)
            ? profile
            : throw new UsageException("--profile: " + NearestName.Refusal("profile", profile, Profiles.All));
    }

    /// <summary>The seeds, or null when none are given.</summary>
    public IReadOnlyList<long>? ReadSeeds(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(Seeds) is { } text ? SeedList.Parse(text) : null;
        }
        catch (FormatException e)
        {
            throw new UsageException($"--seeds {e.Message}");
        }
    }

    /// <summary>The device, or null to leave the choice to the programs.</summary>
    public string? ReadDevice(ParseResult parsed, Workplace workplace)
    {
        (string? device, string source) = Given(parsed, Device, workplace, "REPLICATIONS_DEVICE");
        return string.IsNullOrEmpty(device) ? null
            : DeviceForm().IsMatch(device) ? device
            : throw new UsageException($"{source}: " + NearestName.Refusal("device", device, ["cpu", "cuda", "cuda:0"]));
    }

    /// <summary>The threads, or null to leave the choice to the programs, which know how many are too many.</summary>
    public int? ReadThreads(ParseResult parsed) =>
        parsed.GetValue(Threads) is not { } threads ? null
        : threads >= 1 ? threads
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--threads {threads}: 1 or larger was expected"));

    /// <summary>The precision, which must exist.</summary>
    public string ReadPrecision(ParseResult parsed)
    {
        // Verbs that start nothing are not asked for one.
        string precision = parsed.GetValue(Precision) ?? Precisions.Float32;
        return Precisions.All.Contains(precision)
            ? precision
            : throw new UsageException("--precision: " + NearestName.Refusal("precision", precision, Precisions.All));
    }

    /// <summary>The constants to change.</summary>
    public IReadOnlyList<string> ReadSet(ParseResult parsed)
    {
        string[] set = parsed.GetValue(Set)!;
        return set.FirstOrDefault(s => s.IndexOf('=', StringComparison.Ordinal) < 1) is { } bad
            ? throw new UsageException($"--set '{bad}': name=value was expected")
            : set;
    }

    /// <summary>The budget, or null without one.</summary>
    public TimeSpan? ReadBudget(ParseResult parsed)
    {
        if (parsed.GetValue(Budget) is not { } text)
        {
            return null;
        }

        Match match = TimeForm().Match(text);
        double Part(string name) => match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        double seconds = (Part("h") * 3600) + (Part("m") * 60) + Part("s");
        return match.Success && seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--budget '{text}': a time such as 90m, 3h or 1h30m was expected");
    }

    /// <summary>The results folder.</summary>
    public string ReadResults(ParseResult parsed, Workplace workplace) =>
        parsed.GetValue(Results) switch
        {
            null => Path.Combine(workplace.Root, "results"),
            "" => throw new UsageException("--results '': a folder was expected"),
            { } folder => Path.GetFullPath(folder),
        };

    /// <summary>The results folder of a command that reads alone: one that was typed must be there.</summary>
    public string ReadStoredResults(ParseResult parsed, Workplace workplace)
    {
        string folder = ReadResults(parsed, workplace);
        return parsed.GetValue(Results) is not { } typed || Directory.Exists(folder)
            ? folder
            : throw new UsageException($"--results '{typed}': no such folder");
    }

    /// <summary>The data mirror, or null without one.</summary>
    public string? ReadDataMirror(ParseResult parsed, Workplace workplace)
    {
        (string? folder, string source) = Given(parsed, DataMirror, workplace, "REPLICATIONS_DATA_MIRROR");
        return string.IsNullOrEmpty(folder) ? null
            : Directory.Exists(folder) ? Path.GetFullPath(folder)
            : throw new UsageException($"{source} '{folder}': no such folder");
    }

    // What an option says, else what the environment does, and which of them it was.
    private static (string? Value, string Source) Given(ParseResult parsed, Option<string?> option, Workplace workplace, string variable) =>
        parsed.GetValue(option) is { } typed ? (typed, option.Name) : (workplace.Environment(variable), variable);

    [GeneratedRegex("^(cpu|cuda(:[0-9]+)?)$")]
    private static partial Regex DeviceForm();

    [GeneratedRegex("^((?<h>[0-9]+(\\.[0-9]+)?)h)?((?<m>[0-9]+(\\.[0-9]+)?)m)?((?<s>[0-9]+(\\.[0-9]+)?)s)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();
}
