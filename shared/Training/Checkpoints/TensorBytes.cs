using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>Raw little-endian bytes of tensors, in pieces, so that no tensor is too large for a span.</summary>
internal static class TensorBytes
{
    private const long PieceBytes = 1L << 28;

    /// <summary>Writes the elements of a tensor in row-major order, from whatever device and layout it has.</summary>
    internal static void Write(Tensor tensor, Stream to)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable detached = no_grad();
        Tensor flat = tensor.detach().cpu().contiguous().view(-1);
        ForEachPiece(flat, piece => to.Write(piece.bytes));
    }

    /// <summary>Fills a tensor, on any device and in any layout, from its row-major elements.</summary>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    internal static void Read(Stream from, Tensor into)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable detached = no_grad();
        Tensor read = empty(into.shape, into.dtype, CPU);
        ForEachPiece(read.view(-1), piece => from.ReadExactly(piece.bytes));
        into.copy_(read);
    }

    private static void ForEachPiece(Tensor flat, Action<Tensor> action)
    {
        long count = flat.NumberOfElements;
        long step = PieceBytes / flat.ElementSize;
        for (long start = 0; start < count; start += step)
        {
            using Tensor piece = flat.narrow(0, start, Math.Min(step, count - start));
            action(piece);
        }
    }
}
