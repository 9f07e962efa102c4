using System.Net;
using System.Net.Sockets;
using System.Text;
using Replications.Datasets.Decoding;
using Replications.Datasets.Sources;

namespace Replications.Datasets.Tests.Sources;

/// <summary>Against a server of one answer, inside the test.</summary>
public sealed class WebFetcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Writes_what_the_server_sends()
    {
        byte[] content = Samples.Bytes(200_000);
        Assert.Equal(content, await Fetch("200 OK", content.Length, content));
    }

    [Theory]
    [InlineData("404 Not Found", 0, "404 Not Found")]
    [InlineData("503 Service Unavailable", 0, "503 Service Unavailable")]
    [InlineData("200 OK", 600_000_000, "oversized")]
    public async Task Says_why_nothing_was_fetched(string status, long length, string why)
    {
        DataException e = await Assert.ThrowsAsync<DataException>(() => Fetch(status, length, []));
        Assert.Contains("http://127.0.0.1", e.Where, StringComparison.Ordinal);
        Assert.Contains(why, e.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_cut_short_is_an_error()
    {
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => Fetch("200 OK", 1000, Samples.Bytes(400)));
        Assert.True(e is DataException or IOException, e.ToString());
    }

    [Fact]
    public void A_client_that_fails_or_is_missing_is_named()
    {
        DataException failed = Assert.Throws<DataException>(() => ClientProcess.Run("sh", ["-c", "echo no network >&2; exit 7"], _folder.Path, CancellationToken.None));
        Assert.Equal("sh: ended with 7: no network", failed.Message);
        PlatformNotSupportedException missing = Assert.Throws<PlatformNotSupportedException>(
            () => ClientProcess.Run("no-such-client", [], _folder.Path, CancellationToken.None));
        Assert.Contains("no-such-client is not installed", missing.Message, StringComparison.Ordinal);
    }

    private async Task<byte[]> Fetch(string status, long length, byte[] body)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task server = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4096].AsMemory());
            await stream.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")).AsMemory());
            await stream.WriteAsync(body.AsMemory());
        });

        string path = Path.Combine(_folder.Path, "fetched");
        Source source = Source.Official(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file"), "", new NpyDecoder());
        await Task.Run(() => new WebFetcher().Fetch(source, path, CancellationToken.None));
        await server;
        return await File.ReadAllBytesAsync(path);
    }
}
