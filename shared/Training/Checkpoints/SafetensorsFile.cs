using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Replications.Training.Checkpoints;

/// <summary>A safetensors file opened for reading. The header is checked whole before any tensor is read.</summary>
public sealed class SafetensorsFile : IDisposable
{
    // The format's own limit on the header.
    private const long LargestHeader = 100_000_000;
    private readonly FileStream _file;
    private readonly string _path;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _data;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not a whole safetensors file; the message says what is wrong.</exception>
    public SafetensorsFile(string path)
    {
        _path = path;
        _file = File.OpenRead(path);
        try
        {
            byte[] header = ReadHeader();
            _data = 8 + header.Length;
            Parse(header);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Tensors in the file, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>Fills an existing tensor.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="into">A tensor of the same shape and type, on any device.</param>
    /// <exception cref="InvalidDataException">The file has no such tensor, or one of another shape or type.</exception>
    public void Read(string name, Tensor into)
    {
        if (!_entries.TryGetValue(name, out SafetensorsEntry? entry))
            throw Wrong($"it holds no tensor '{name}'");
        if (entry.Type != into.dtype || !entry.Shape.AsSpan().SequenceEqual(into.shape))
            throw Wrong($"'{name}' is {Describe(entry.Type, entry.Shape)} there and {Describe(into.dtype, into.shape)} here");
        _file.Position = _data + entry.Begin;
        TensorBytes.Read(_file, into);
    }

    /// <summary>Reads a tensor into the CPU's memory.</summary>
    /// <param name="name">Name in the file.</param>
    /// <exception cref="InvalidDataException">The file has no such tensor.</exception>
    public Tensor Read(string name)
    {
        if (!_entries.TryGetValue(name, out SafetensorsEntry? entry))
            throw Wrong($"it holds no tensor '{name}'");
        Tensor tensor = empty(entry.Shape, entry.Type, CPU);
        Read(name, tensor);
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private byte[] ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[8];
        if (_file.Length < 8)
            throw Wrong("it is shorter than its first field");
        _file.ReadExactly(prefix);
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length < 2 || length > LargestHeader || length > _file.Length - 8)
            throw Wrong($"its header claims {length} bytes of a file of {_file.Length}");
        byte[] header = new byte[length];
        _file.ReadExactly(header);
        return header;
    }

    private void Parse(byte[] header)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                    continue;
                if (!_entries.TryAdd(property.Name, ParseEntry(property)))
                    throw Wrong($"it names '{property.Name}' twice");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw Wrong($"its header does not parse: {e.Message}");
        }

        long next = 0;
        foreach (SafetensorsEntry entry in _entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != next)
                throw Wrong($"'{entry.Name}' begins at byte {entry.Begin} of the data, not at {next}");
            next = entry.End;
        }

        if (next != _file.Length - _data)
            throw Wrong($"its data have {_file.Length - _data} bytes and its header counts {next}");
    }

    private SafetensorsEntry ParseEntry(JsonProperty property)
    {
        string? typeName = property.Value.GetProperty("dtype").GetString();
        ScalarType type = SafetensorsEntry.TypeOf(typeName) ?? throw Wrong($"'{property.Name}' has the unknown type '{typeName}'");
        long[] shape = Numbers(property.Value.GetProperty("shape"));
        long[] offsets = Numbers(property.Value.GetProperty("data_offsets"));
        if (offsets is not [var begin, var end] || begin < 0 || Array.Exists(shape, extent => extent < 0)
            || end - begin != SafetensorsEntry.ByteCount(type, shape))
            throw Wrong($"'{property.Name}' has offsets that do not fit its shape");
        return new SafetensorsEntry(property.Name, type, shape, begin, end);
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt64())];

    private static string Describe(ScalarType type, long[] shape) => $"{type}[{string.Join(", ", shape)}]";

    private InvalidDataException Wrong(FormattableString what) => Wrong(FormattableString.Invariant(what));

    private InvalidDataException Wrong(string what) => new($"{_path} is not a usable safetensors file: {what}");
}
