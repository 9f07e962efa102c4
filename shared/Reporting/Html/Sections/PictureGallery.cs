using System.Buffers.Binary;
using System.Xml.Linq;
using Replications.Claims;
using Replications.Reporting.Experiments;

namespace Replications.Reporting.Html.Sections;

/// <summary>The pictures that an experiment's runs drew, inside the page; one that is not there is said, not left out.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="problems">Receives the pictures that are not there.</param>
internal sealed class PictureGallery(ExperimentResult experiment, ICollection<string> problems)
{
    private const int LargestBytes = 8 << 20;

    /// <summary>Small pictures are enlarged by whole factors up to this many pixels across.</summary>
    private const int PixelsAcross = 420;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The element; null when no run drew anything.</summary>
    public XElement? Element()
    {
        StoredRun[] runs = [.. experiment.Runs.Where(r => r.Record is { Pictures.Count: > 0 }).OrderBy(r => r.Outcome == RunOutcome.Succeeded ? 0 : 1)];
        if (runs.Length == 0)
            return null;
        return Tag.Of(
            "div.pictures",
            Pictures(runs[0]),
            runs.Length == 1 ? null : Tag.Of(
                "details", Tag.Of("summary", "Pictures of the other seeds ", Tag.Of("small", HeaderSection.Plural(runs.Length - 1, "seed"))), runs[1..].Select(Pictures)));
    }

    private XElement Pictures(StoredRun run) => Tag.Of("div.gallery", run.Record!.Pictures.Select(p => Picture(run, p)));

    private XElement Picture(StoredRun run, PictureRecord picture)
    {
        XElement caption = Tag.Of("figcaption", Tag.Of("strong", picture.Title), FormattableString.Invariant($" (seed {run.Key.Seed}). "), picture.Caption);
        if (Read(run, picture.File, out string problem) is not { } png)
        {
            problems.Add($"the picture {run.Key.Path}/{picture.File} is not shown: {problem}");
            return Tag.Of("figure", Tag.Of("p.absent", $"{picture.File} is not shown: {problem}."), caption);
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        int scale = Math.Max(1, PixelsAcross / Math.Max(1, width));
        return Tag.Of(
            "figure",
            Tag.Of(
                "img", Tag.Is("src", "data:image/png;base64," + Convert.ToBase64String(png)), Tag.Is("alt", $"{picture.Title}: {picture.Caption}"),
                Tag.Is("width", FormattableString.Invariant($"{width * scale}")), Tag.Is("height", FormattableString.Invariant($"{height * scale}"))),
            caption);
    }

    private static byte[]? Read(StoredRun run, string file, out string problem)
    {
        problem = "";
        if (file.Length == 0 || file != Path.GetFileName(file) || file.Contains('\\', StringComparison.Ordinal))
        {
            problem = "it is not a plain file name";
            return null;
        }

        var info = new FileInfo(Path.Combine(run.Folder, file));
        if (!info.Exists)
        {
            problem = "there is no such file";
            return null;
        }

        if (info.Length > LargestBytes)
        {
            problem = $"it has {Numbers.Bytes(info.Length)}, more than {Numbers.Bytes(LargestBytes)}";
            return null;
        }

        byte[] content = File.ReadAllBytes(info.FullName);
        if (content.Length >= 24 && content.AsSpan().StartsWith(Signature))
            return content;
        problem = "it is not a PNG";
        return null;
    }
}
