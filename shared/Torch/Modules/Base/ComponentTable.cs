using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Modules;

/// <summary>Named components of a module, in the order of registration.</summary>
internal sealed class ComponentTable<T>(string kind)
{
    private readonly List<KeyValuePair<string, T>> _entries = [];

    internal IReadOnlyList<KeyValuePair<string, T>> Entries => _entries;

    internal IEnumerable<T> Values => _entries.Select(e => e.Value);

    internal bool Contains(string name) => IndexOf(name) >= 0;

    internal bool TryGet(string name, [MaybeNullWhen(false)] out T value)
    {
        int i = IndexOf(name);
        value = i >= 0 ? _entries[i].Value : default;
        return i >= 0;
    }

    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    internal void Add(string name, T value)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException($"a {kind}'s name cannot be empty", nameof(name));
        if (name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"a {kind}'s name cannot contain '.': '{name}'", nameof(name));
        if (Contains(name))
            throw new InvalidOperationException($"The {kind} '{name}' is already registered.");
        _entries.Add(new(name, value));
    }

    internal void Set(string name, T value)
    {
        int i = IndexOf(name);
        if (i < 0)
            Add(name, value);
        else
            _entries[i] = new(name, value);
    }

    internal void Remove(string name)
    {
        int i = IndexOf(name);
        if (i >= 0)
            _entries.RemoveAt(i);
    }

    internal void Clear() => _entries.Clear();

    private int IndexOf(string name) => _entries.FindIndex(e => e.Key == name);
}
