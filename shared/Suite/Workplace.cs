using Replications.Claims;
using Replications.Suite.Runs;

namespace Replications.Suite;

/// <summary>Where the suite works and whom it talks to: everything that a test replaces.</summary>
internal sealed record Workplace
{
    /// <summary>Root of the suite: the folder of <c>replications/</c> and <c>results/</c>.</summary>
    public required string Root { get; init; }

    /// <summary>The folder of built programs, <c>Name/release/Replications.Name.dll</c>.</summary>
    public required string Programs { get; init; }

    /// <summary>Results go here.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Messages and progress go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True when <see cref="Out"/> is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>True when <see cref="Error"/> is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Says what the programs were built from.</summary>
    public Func<SourceVersion> Source { get; init; } = SourceVersion.Read;

    /// <summary>The stamps that the set-up leaves beside what it built: others since this process began mean other programs. Empty where there are none.</summary>
    public string Built() => string.Join('\n', new[] { "stamp", Path.Combine("native", "stamp") }
        .Select(name => Path.Combine(Programs, "..", name)).Select(file => File.Exists(file) ? File.ReadAllText(file) : ""));

    /// <summary>True when the machine has an NVIDIA GPU: what the set-up found, where it ran.</summary>
    public bool HasGpu { get; init; }

    /// <summary>Begins to listen to the signals that interrupt a run.</summary>
    public Func<Interruption> Listen { get; init; } = Interruption.Listen;

    /// <summary>False to do without the chart tools even where they are installed.</summary>
    public bool DrawsCharts { get; init; } = true;

    /// <summary>Colours are for terminals whose user did not set NO_COLOR to something.</summary>
    public bool OutIsColoured => OutIsTerminal && string.IsNullOrEmpty(Environment("NO_COLOR"));

    /// <summary>The surroundings of this process.</summary>
    public static Workplace OfThisProcess()
    {
        bool terminal = !Console.IsOutputRedirected;
        string programs = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        return new Workplace
        {
            Root = FindRoot(programs),
            Programs = programs,
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = terminal && Console.WindowWidth > 0 ? Console.WindowWidth : 120,
            HasGpu = System.Environment.GetEnvironmentVariable("REPLICATIONS_GPU") is { } told ? told == "yes" : File.Exists("/dev/nvidiactl"),
        };
    }

    private static string FindRoot(string start)
    {
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Replications.sln")))
            {
                return folder;
            }
        }

        throw new UsageException($"no Replications.sln in {start} or above it: this program runs from the build output of a checkout");
    }
}
