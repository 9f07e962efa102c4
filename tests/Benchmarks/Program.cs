using BenchmarkDotNet.Running;
using Replications.Benchmarks.Parts;
using Replications.Benchmarks.Rows;
using Replications.Benchmarks.SideBySide;
using TorchSharp;

// parts [BenchmarkDotNet's options]: the small parts, alone.
// compare PYTHON SCRIPT [--record FILE] [ROW...]: side by side with PyTorch, CSV to stdout, with all that belongs to it written into the file.
switch (args)
{
    case ["parts", .. string[] options]:
        BenchmarkSwitcher.FromAssembly(typeof(PartsConfig).Assembly).Run(options, new PartsConfig());
        return 0;

    case ["compare", string python, string script, "--record", string record, .. string[] names]:
        return Compare(python, script, record, names);

    case ["compare", string python, string script, .. string[] names]:
        return Compare(python, script, null, names);

    default:
        Console.Error.WriteLine("parts [option...] | compare PYTHON SCRIPT [--record FILE] [ROW...]");
        return 2;
}

static int Compare(string python, string script, string? record, string[] names)
{
    if (names.FirstOrDefault(n => Registry.Rows.All(r => r.Name != n)) is { } unknown)
    {
        Console.Error.WriteLine($"no row '{unknown}': {string.Join(", ", Registry.Rows.Select(r => r.Name))}");
        return 2;
    }
    using Peer peer = new(python, script);
    (string Version, int Threads) ours = (Peer.Numbers(torch.__version__), torch.get_num_threads()), theirs = peer.Engine();
    if (ours != theirs)
    {
        Console.Error.WriteLine($"not comparable: ours is libtorch {ours.Version} with {ours.Threads} threads, the peer's {theirs.Version} with {theirs.Threads}");
        return 1;
    }
    SpeedTable? table = record is null ? null : new(record, ours.Version, ours.Threads);
    bool alike = true;
    Console.WriteLine(Reading.Columns);
    foreach (Row row in Registry.Rows.Where(r => names.Length == 0 || names.Contains(r.Name)))
    {
        Reading reading = Comparison.Run(row, peer, Console.Error);
        Console.WriteLine(reading);
        alike &= reading.Alike;
        if (reading.Alike)
            table?.Add(reading);
    }
    return alike ? 0 : 1;
}
