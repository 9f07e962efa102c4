using System.Globalization;

namespace Replications.Datasets.Sources;

/// <summary>Download over HTTP.</summary>
internal sealed class WebFetcher : IFetcher
{
    /// <summary>The largest file of the registry has 170 MB; a server that sends more than this sends something else.</summary>
    private const long MostBytes = 512L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Fetch(Source source, string destination, CancellationToken cancellation) =>
        FetchAsync(source, destination, cancellation).GetAwaiter().GetResult();

    private static async Task FetchAsync(Source source, string destination, CancellationToken cancellation)
    {
        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(Patience);
        try
        {
            using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
            using HttpResponseMessage response = await client.GetAsync(new Uri(source.Locator), HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (!response.IsSuccessStatusCode)
                throw new DataException(source.Locator, string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}"));
            if (response.Content.Headers.ContentLength > MostBytes)
                throw Oversized(source);

            using Stream body = await response.Content.ReadAsStreamAsync(stall.Token);
            using FileStream file = new(destination, FileMode.CreateNew, FileAccess.Write);
            byte[] block = new byte[1 << 16];
            while (true)
            {
                stall.CancelAfter(Patience);
                int got = await body.ReadAsync(block, stall.Token);
                if (got == 0)
                    break;
                if (file.Length + got > MostBytes)
                    throw Oversized(source);
                await file.WriteAsync(block.AsMemory(0, got), stall.Token);
            }
        }
        catch (HttpRequestException e)
        {
            throw new DataException(source.Locator, e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DataException(source.Locator, FormattableString.Invariant($"no answer for {Patience.TotalSeconds} s"), e);
        }
    }

    private static DataException Oversized(Source source) =>
        new(source.Locator, FormattableString.Invariant($"oversized: more than {MostBytes} bytes"));
}
