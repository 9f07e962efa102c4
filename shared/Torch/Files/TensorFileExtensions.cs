using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>TorchSharp's tensor format: element type, number of dimensions and sizes in LEB128, then the elements.</summary>
public static class TensorFileExtensions
{
    private const int MostDimensions = 64;

    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        writer.Encode((long)tensor.dtype);
        long[] shape = tensor.shape;
        writer.Encode(shape.Length);
        foreach (long size in shape)
            writer.Encode(size);
        writer.Flush();
        tensor.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this torch.Tensor tensor, string location)
    {
        using FileStream stream = File.Create(location);
        tensor.Save(stream);
    }

    public static void save(this torch.Tensor tensor, string location) => tensor.Save(location);

    /// <summary>Reads values into a tensor, which must have the type and shape of what was written.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor read = Read(reader);
        if (skip)
            return;
        if (read.dtype != tensor.dtype || !read.shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException(
                $"The file holds {read.dtype} of shape [{string.Join(", ", read.shape)}], expected {tensor.dtype} of [{string.Join(", ", tensor.shape)}].");
        }

        using var gradients = torch.no_grad();
        tensor.copy_(read);
    }

    internal static torch.Tensor Read(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Decode();
        if (!Enum.IsDefined(type))
            throw new InvalidDataException($"{(int)type} is not an element type.");
        long dimensions = reader.Decode();
        if (dimensions > MostDimensions)
            throw new InvalidDataException($"A tensor of {dimensions} dimensions cannot be.");
        long[] shape = new long[dimensions];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = reader.Decode();
        torch.Tensor tensor = torch.empty(shape, dtype: type);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }
}
