using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>The way from a fetched file to the bytes of one array.</summary>
internal abstract record Decoder
{
    /// <summary>Decodes.</summary>
    /// <param name="path">The fetched file.</param>
    /// <param name="file">The array wanted: its type and shape are checked, its hash is not.</param>
    /// <returns>The array's bytes, row-major, little endian.</returns>
    /// <exception cref="DataException">The file is not what it should be.</exception>
    public abstract byte[] Decode(string path, DataFile file);

    /// <summary>Refuses an array of another type or shape.</summary>
    protected static byte[] Require(DataArray array, string where, DataFile file) =>
        array.Type == file.Type && array.Shape.SequenceEqual(file.Shape)
            ? array.Bytes
            : throw new DataException(where, $"holds {array.Type} [{string.Join(", ", array.Shape)}], expected {file.Type} [{string.Join(", ", file.Shape)}]");
}
