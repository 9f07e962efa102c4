using System.Collections;

namespace Replications.Training.Subjects;

/// <summary>Named scalars of one step, in the order they were named. Written as <c>new() { ["loss"] = loss }</c>.</summary>
public sealed class Scalars : IEnumerable<KeyValuePair<string, double>>
{
    private readonly List<KeyValuePair<string, double>> _values = [];

    /// <summary>Gets or sets a scalar by name.</summary>
    /// <param name="name">Name, for example <c>loss</c>.</param>
    /// <exception cref="KeyNotFoundException">No scalar of that name.</exception>
    public double this[string name]
    {
        get
        {
            int i = _values.FindIndex(v => v.Key == name);
            return i >= 0 ? _values[i].Value : throw new KeyNotFoundException($"no scalar named '{name}'");
        }

        set
        {
            int i = _values.FindIndex(v => v.Key == name);
            var pair = KeyValuePair.Create(name, value);
            if (i >= 0)
                _values[i] = pair;
            else
                _values.Add(pair);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
