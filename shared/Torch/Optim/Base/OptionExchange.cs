namespace TorchSharp.Modules;

/// <summary>Reads, writes or copies the hyperparameters that an options object shows it, one by one.</summary>
internal abstract class OptionExchange
{
    internal abstract void Field(ref double? value);

    internal abstract void Field(ref bool? value);
}

internal sealed class OptionWriter(BinaryWriter writer) : OptionExchange
{
    internal override void Field(ref double? value) => writer.Write(value!.Value);

    internal override void Field(ref bool? value) => writer.Write(value!.Value);
}

internal sealed class OptionReader(BinaryReader reader) : OptionExchange
{
    internal override void Field(ref double? value) => value = reader.ReadDouble();

    internal override void Field(ref bool? value) => value = reader.ReadBoolean();
}

/// <summary>Copies from other options of the same kind, all of them or only those that are missing.</summary>
internal sealed class OptionCopier : OptionExchange
{
    private readonly Queue<object?> _source;
    private readonly bool _onlyMissing;

    internal OptionCopier(OptimizerOptions source, bool onlyMissing)
    {
        var listing = new Listing();
        source.Exchange(listing);
        _source = listing.Values;
        _onlyMissing = onlyMissing;
    }

    internal override void Field(ref double? value)
    {
        var given = (double?)_source.Dequeue();
        value = _onlyMissing ? value ?? given : given;
    }

    internal override void Field(ref bool? value)
    {
        var given = (bool?)_source.Dequeue();
        value = _onlyMissing ? value ?? given : given;
    }

    private sealed class Listing : OptionExchange
    {
        internal Queue<object?> Values { get; } = new();

        internal override void Field(ref double? value) => Values.Enqueue(value);

        internal override void Field(ref bool? value) => Values.Enqueue(value);
    }
}
