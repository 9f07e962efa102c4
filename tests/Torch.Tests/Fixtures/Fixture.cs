using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Fixtures;

/// <summary>Numbers that PyTorch gave; each file has the script that wrote it beside it.</summary>
internal static class Fixture
{
    internal static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)));
        return document.RootElement.Clone();
    }

    internal static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>sin(0.37 i), the inputs of generate_modules.py.</summary>
    internal static Tensor Grid(params long[] shape)
    {
        using var scope = NewDisposeScope();
        return (arange(shape.Aggregate(1L, (a, b) => a * b), dtype: ScalarType.Float64) * 0.37).sin().reshape(shape).MoveToOuterDisposeScope();
    }

    internal static double[] Values(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>Whether the processor has a set of instructions, by the name that Linux gives it.</summary>
    internal static bool HasInstructions(string name) =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) is { } flags && $"{flags} ".Contains($" {name} ", StringComparison.Ordinal);

    /// <summary>How far products of bfloat16 may be off that add up in float32 and are rounded once: where libtorch has none of those, each sum is rounded.</summary>
    internal static double RoundedOnce => HasInstructions("avx512bw") ? 1.0 / 256 : 0.05;

    /// <summary>Whether sums of products of bfloat16 come out in float32, by a function of oneDNN's that libtorch was linked with (Debian's was).</summary>
    internal static bool HasFloat32Sums =>
        HasInstructions("avx512bw") && ((string[])["libdnnl.so.3", "libdnnl.so.2"]).Any(name => NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "dnnl_gemm_bf16bf16f32", out _));

    /// <summary>The norm of the differences over that of what is right.</summary>
    internal static double Error(double[] right, double[] given)
    {
        Assert.Equal(right.Length, given.Length);
        return Math.Sqrt(right.Zip(given, (a, b) => (a - b) * (a - b)).Sum() / right.Sum(v => v * v));
    }

    /// <summary>The same, and 0 of zeros where all of what is right is zero: for a place that sees nothing.</summary>
    internal static double ErrorOrZeros(double[] right, double[] given)
    {
        Assert.Equal(right.Length, given.Length);
        return right.All(v => v == 0) && given.All(v => v == 0) ? 0 : Error(right, given);
    }

    /// <summary>Within a relative tolerance of the expected, or that of the largest of them where one is near zero.</summary>
    internal static void Close(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} numbers, expected {expected.Length}");
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * Math.Max(Math.Abs(expected[i]), scale);
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, FormattableString.Invariant($"{what}[{i}]: {actual[i]:R}, expected {expected[i]:R}"));
        }
    }
}
