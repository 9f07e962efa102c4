using Replications.Claims;
using Replications.Hosting.Records;

namespace Replications.Benchmarks.SideBySide;

/// <summary>Readings that are kept: each row says on what, with what and from which commit it was taken.</summary>
/// <param name="path">A CSV file, begun where there is none.</param>
/// <param name="libtorch">Version of both sides.</param>
/// <param name="threads">Threads of both sides.</param>
internal sealed class SpeedTable(string path, string libtorch, int threads)
{
    private const string Columns = $"{Reading.Columns},{Reading.FurtherColumns},commit,processor,instructions,threads,libtorch";

    private readonly IReadOnlyDictionary<string, string> _surroundings = Hardware.Surroundings();
    private readonly string _commit = SourceVersion.Read().Text;

    /// <summary>Writes a reading down, in place of an older one of its row on the like.</summary>
    /// <param name="reading">It; one of like work.</param>
    /// <exception cref="InvalidDataException">The file has other columns.</exception>
    public void Add(Reading reading)
    {
        List<string> lines = File.Exists(path) ? [.. File.ReadLines(path)] : [Columns];
        if (lines.FirstOrDefault() != Columns)
            throw new InvalidDataException($"{path}: its columns are not {Columns}");
        string first = reading.Row.Name + ",", last = FormattableString.Invariant(
            $",{_surroundings.GetValueOrDefault("processor")},{_surroundings.GetValueOrDefault("instructions")},{threads},{libtorch}");
        string line = $"{reading.Detailed()},{_commit}{last}";
        int older = lines.FindIndex(l => l.StartsWith(first, StringComparison.Ordinal) && l.EndsWith(last, StringComparison.Ordinal));
        if (older < 0)
            lines.Add(line);
        else
            lines[older] = line;
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }
}
