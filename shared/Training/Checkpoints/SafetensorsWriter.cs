using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>
/// Writes the safetensors format (https://github.com/huggingface/safetensors, "Format"): eight bytes of header length,
/// little-endian; a JSON header of name, type, shape and offsets, padded with spaces to a multiple of eight; then the data.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="to">Receives the file.</param>
    /// <param name="tensors">Tensors by unique name, on any device.</param>
    public static void Write(Stream to, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        byte[] header = Header(tensors);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        to.Write(length);
        to.Write(header);
        foreach (KeyValuePair<string, Tensor> pair in tensors)
            TensorBytes.Write(pair.Value, to);
    }

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            long begin = 0;
            json.WriteStartObject();
            foreach ((string name, Tensor tensor) in tensors)
            {
                long end = begin + SafetensorsEntry.ByteCount(tensor.dtype, tensor.shape);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsEntry.TypeName(tensor.dtype));
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [begin, end]);
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        while (text.Length % 8 != 0)
            text.WriteByte((byte)' ');
        return text.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
