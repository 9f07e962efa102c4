using Replications.Claims;
using Replications.Datasets.Formats;
using Replications.Training.Subjects;

namespace Replications.Hosting.Folders;

/// <summary>Pictures as PNG files of a run folder.</summary>
internal static class PictureFiles
{
    /// <summary>Writes each picture whole or not at all.</summary>
    public static IReadOnlyList<PictureRecord> Write(RunFolder folder, IReadOnlyList<Picture> pictures)
    {
        foreach (Picture picture in pictures)
            folder.WriteWhole(FileName(picture), to => PngWriter.Write(to, picture.Width, picture.Height, picture.Channels, picture.Pixels));
        return [.. pictures.Select(p => new PictureRecord(FileName(p), p.Title, p.Caption))];
    }

    private static string FileName(Picture picture) => $"{picture.Name}.png";
}
