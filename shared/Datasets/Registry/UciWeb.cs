using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>Web (Platt's w6a): the test rows are Larochelle's as far as is known, the partition of the other 17,188 rows is our own.</summary>
internal static class UciWeb
{
    private const int Columns = 300;
    private const int TrainAndValid = 17_188;
    private const int Valid = 3_188;

    /// <summary>The data set.</summary>
    public static DataSetEntry Entry { get; } = new()
    {
        Id = UciFamily.Id("web"),
        Title = "Web pages (w6a), presence of 300 words",
        Kind = ValueKind.Bits,
        Shape = [Columns],
        Licence = "none stated (Platt / LIBSVM)",
        Splits =
        [
            Rows(Split.Train, TrainAndValid - Valid, 0.038545, "3af83f398596c27218e59ceba58961f624451b5dff2c29775c7cc571a83e3a7d"),
            Rows(Split.Valid, Valid, 0.040341, "134d2b65ea0c6cbfa65fab9a64ab0cbbd0c91eb2ba6afc9000a67295e3962475"),
            Rows(Split.Test, 32_561, 0.038811, "4c37e9a02e950447770fc9a879fa1819bbbfdd83b313418fe60716200410bc7c"),
        ],
        Caveat = "Training and validation rows are parted by a rule of our own; published numbers used another partition.",
    };

    /// <summary>Validation rows are floor(k * 17188 / 3188) for k = 0 … 3187: row r is one when a multiple of 17188 falls in its interval.</summary>
    private static bool Validates(int row)
    {
        long k = (((long)row * Valid) + TrainAndValid - 1) / TrainAndValid;
        return k < Valid && k * TrainAndValid / Valid == row;
    }

    private static SplitEntry Rows(Split split, long count, double mean, string sha256)
    {
        string part = split.ToString().ToLowerInvariant();
        SparseTextDecoder text = split switch
        {
            Split.Train => new(TrainAndValid, row => !Validates(row)),
            Split.Valid => new(TrainAndValid, Validates),
            _ => new((int)count, _ => true),
        };
        return SplitEntry.Whole(split, new DataFile
        {
            Name = $"uci_web.{part}",
            Shape = [count, Columns],
            Sha256 = sha256,
            Sources =
            [
                Source.Mirror($"uci_web.{part}.npy.gz", new NpyDecoder()),
                Source.Official($"https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/binary/{(split is Split.Test ? "w6a.t" : "w6a")}", "", text),
            ],
        }, mean);
    }
}
