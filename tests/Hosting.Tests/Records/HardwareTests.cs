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

    [Fact]
    public void The_linear_algebra_is_named_by_its_files() => Assert.Equal(
        "libopenblasp-r0.3.21.so libtorch_cpu.so.1.13",
        Hardware.Libraries(
        [
            "7f0000000000-7f0000001000 r-xp 00000000 fe:00 1  /usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13",
            "7f0000001000-7f0000002000 r--p 00000000 fe:00 1  /usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13",
            "7f0000002000-7f0000003000 r-xp 00000000 fe:00 2  /usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so",
            "7f0000003000-7f0000004000 r-xp 00000000 fe:00 3  /usr/lib/x86_64-linux-gnu/libc.so.6",
            "7f0000004000-7f0000005000 rw-p 00000000 00:00 0 ",
        ]));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
