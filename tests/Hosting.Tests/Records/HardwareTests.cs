using Replications.Hosting.Records;

namespace Replications.Hosting.Tests.Records;

public sealed class HardwareTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hardware-").FullName;

    [Theory]
    [InlineData("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024", "A card, driver 535.183.01")]
    [InlineData("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build", "A card, driver 580.65.06")]
    [InlineData("something else", "A card")]
    public void A_GPU_is_named_with_its_driver(string version, string expected)
    {
        string card = Path.Combine(_folder, "gpus", "0000:01:00.0");
        Directory.CreateDirectory(card);
        File.WriteAllText(Path.Combine(card, "information"), "Model: \t\t A card\nIRQ:   \t\t 1\n");
        File.WriteAllText(Path.Combine(_folder, "version"), version + "\n");
        Assert.Equal(expected, Hardware.Gpu(_folder));
    }

    [Fact]
    public void A_driver_without_a_card_is_no_GPU()
    {
        File.WriteAllText(Path.Combine(_folder, "version"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01\n");
        Assert.Null(Hardware.Gpu(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
