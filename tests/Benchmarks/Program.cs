using BenchmarkDotNet.Running;
using Replications.Benchmarks.Parts;
using Replications.Benchmarks.Rows;
using Replications.Benchmarks.SideBySide;

// parts [BenchmarkDotNet's options]: the small parts, alone.
// compare PYTHON SCRIPT [ROW...]: side by side with PyTorch, CSV to stdout.
switch (args)
{
    case ["parts", .. string[] options]:
        BenchmarkSwitcher.FromAssembly(typeof(PartsConfig).Assembly).Run(options, new PartsConfig());
        return 0;

    case ["compare", string python, string script, .. string[] names]:
        if (names.FirstOrDefault(n => Registry.Rows.All(r => r.Name != n)) is { } unknown)
        {
            Console.Error.WriteLine($"no row '{unknown}': {string.Join(", ", Registry.Rows.Select(r => r.Name))}");
            return 2;
        }
        bool alike = true;
        Console.WriteLine("name,ours_ms,peer_ms,ratio");
        using (Peer peer = new(python, script))
        {
            foreach (Row row in Registry.Rows.Where(r => names.Length == 0 || names.Contains(r.Name)))
                alike &= Comparison.Run(row, peer, Console.Out, Console.Error);
        }
        return alike ? 0 : 1;

    default:
        Console.Error.WriteLine("parts [option...] | compare PYTHON SCRIPT [ROW...]");
        return 2;
}
