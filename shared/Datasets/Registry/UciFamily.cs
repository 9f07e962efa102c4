using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Registry;

/// <summary>The binary sets of NADE and MADE (Larochelle and Murray 2011; Germain et al. 2015, Table 4).</summary>
internal static class UciFamily
{
    /// <summary>The MADE paper's own copies.</summary>
    private const string Made = "https://github.com/mgermain/MADE/raw/514849eb9451311c02049f9e2d9a17fac589996a/datasets/";

    /// <summary>The same sets as text in another collection; its DNA is split otherwise.</summary>
    private const string Debd = "https://github.com/arranger1044/DEBD/raw/850908666388f1b1c766a304b37dae14613f1e51/datasets/";

    private const string RowOrder = "The test rows are those of the paper, in another order.";

    /// <summary>The family's data sets.</summary>
    public static IReadOnlyList<DataSetEntry> Entries { get; } =
    [
        Set("adult", 123, "UCI Adult, 123 binary features", "CC BY 4.0 (UCI)",
            (5_000, 0.112728, "51f7e476ddebd27c873cfaf59d08af97930089470434483e8023bfb529c37e4f"),
            (1_414, 0.112757, "e7e7fe06cb496ce3a400b320fa238e156123c3d155543740250cb10e664c4aa3"),
            (26_147, 0.112762, "6558e6e9b29f546d55975dffb9247c79eaf28d70fe961f34306e37860ed87cf9"),
            sortedTest: "d9656482f7098c045c33f3e3fc089bc3ae79c0de597408d45ab4beb5eb211370") with
        {
            Caveat = RowOrder,
        },
        Set("connect4", 126, "UCI Connect-4, positions of 42 fields as 126 bits", "CC BY 4.0 (UCI)",
            (16_000, 0.333333, "66f16f5e0557149943a973dde30c08f720e501a774f197249fa91622ac9b3819"),
            (4_000, 0.333333, "fd3490a0962bd89889a0bea8dd4aee9ebcee61323b494eadc6a3fed3551ea0ce"),
            (47_557, 0.333333, "e75937488dbd4d68348e9662074397dcac867a4f0d45eb4fbcdd287c56d4f032"),
            sortedTest: "025d73c0250075d5afd81b5a99b74cf2239e2807b0d14d84af617fbd061a13ac") with
        {
            // The source is a list of 67,557 positions, no two equal.
            Disjoint = Disjointness.Examples,
            Caveat = RowOrder,
        },
        Set("dna", 180, "UCI DNA (Statlog), 60 bases as 180 bits", "CC BY 4.0 (UCI / Statlog)",
            (1_400, 0.253750, "425f2f6eb1b989bd0e41e88fd0c004bfee8c2b1b398b50a974ea0764966a30aa"),
            (600, 0.252667, "99063a569f2e3733e99aacc610a295ce92a604c41f102e7c5fcc67799bc96c7c"),
            (1_186, 0.251401, "183aa2a8acb410c9d950e26030da5b30e3176da04b2ed2566c03565a5c3479a1")),
        Set("mushrooms", 112, "UCI Mushrooms, 112 binary features", "CC BY 4.0 (UCI)",
            (2_000, 0.187500, "bdc96ef5b74d908aa8f0665aad1a060c95c29e3f0140e0c004f538785e7f37f4"),
            (500, 0.187500, "a02bb4bbe086e12738e27dca9436d43823ee5c6c6a2f684eb4eff51ebf924ecc"),
            (5_624, 0.187500, "02d2b76d77c88d8f7e9c4e5b6be68e16d242c5e9db55b16bea81a953c3823d3c")) with
        {
            Disjoint = Disjointness.Examples,
        },
        Set("nips", 500, "NIPS volumes 0 to 12, presence of 500 words", "none stated",
            (400, 0.367805, "d3533784ce37bd8ca6c195160c47b7fc18447917e639781f6b9f4ceee743bf37"),
            (100, 0.365640, "b389c16873bbb94a617d83a5525e6be9bc9ef6d00f49621e1c8dcfed85f9ceea"),
            (1_240, 0.366498, "7163c55ede1f8077131fb918de107b5782dce395e1c5b9fe33d8b82236a8ec9a")) with
        {
            Disjoint = Disjointness.Examples,
        },
        Set("ocr_letters", 128, "OCR letters, 16 x 8 binary pixels", "none stated (Kassel / Taskar OCR)",
            (32_152, 0.219702, "2ceb795f4645b9dc223baeb232851bb66e616717f971bf4017d5f4f066b27a59"),
            (10_000, 0.220570, "6a479926457c272a4ef65656c0396aae52ac8e50cb40621ebd9989c76dad8435"),
            (10_000, 0.218735, "d143c4f6d68c473586c449eca6aae9e514a4cea285281f1572e6248a2fef053f")),
        UciWeb.Entry,
    ];

    /// <summary>Id of a set from its name in file names.</summary>
    internal static string Id(string name) => $"uci-{name.Replace('_', '-')}";

    private static DataSetEntry Set(
        string name, int columns, string title, string licence,
        (long Count, double Mean, string Sha256) train, (long Count, double Mean, string Sha256) valid, (long Count, double Mean, string Sha256) test,
        string? sortedTest = null) => new()
        {
            Id = Id(name),
            Title = title,
            Kind = ValueKind.Bits,
            Shape = [columns],
            Licence = licence,
            Splits =
            [
                Rows(name, Split.Train, columns, train, null),
                Rows(name, Split.Valid, columns, valid, null),
                Rows(name, Split.Test, columns, test, sortedTest),
            ],
        };

    private static SplitEntry Rows(string name, Split split, int columns, (long Count, double Mean, string Sha256) facts, string? sorted)
    {
        string part = split.ToString().ToLowerInvariant();
        return SplitEntry.Whole(split, new DataFile
        {
            Name = $"uci_{name}.{part}",
            Shape = [facts.Count, columns],
            Sha256 = facts.Sha256,
            SortedRowsSha256 = sorted,
            Sources =
            [
                Source.Mirror($"uci_{name}.{part}.npy.gz", new NpyDecoder()),
                Source.Official($"{Made}{name}.npz", "", new NpzBitsDecoder($"{part}_data")),
                .. name == "dna" ? [] : (Source[])[Source.Official($"{Debd}{name}/{name}.{part}.data", "", new BitTextDecoder(','))],
            ],
        }, facts.Mean);
    }
}
