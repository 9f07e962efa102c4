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

    /// <summary>Adds a reading.</summary>
    /// <param name="reading">It; one of like work.</param>
    /// <exception cref="InvalidDataException">The file has other columns.</exception>
    public void Add(Reading reading)
    {
        if (!File.Exists(path))
            File.WriteAllText(path, Columns + "\n");
        else if (File.ReadLines(path).FirstOrDefault() != Columns)
            throw new InvalidDataException($"{path}: its columns are not {Columns}");
        File.AppendAllText(path, FormattableString.Invariant(
            $"{reading.Detailed()},{_commit},{_surroundings.GetValueOrDefault("processor")},{_surroundings.GetValueOrDefault("instructions")},{threads},{libtorch}\n"));
    }
}
