namespace Replications.Datasets;

/// <summary>Data could not be had or cannot be trusted. The message names the file and what is wrong with it.</summary>
/// <param name="where">File, data set or folder.</param>
/// <param name="what">What is wrong, and what was expected.</param>
/// <param name="cause">The error underneath, when there is one.</param>
public sealed class DataException(string where, string what, Exception? cause = null) : Exception($"{where}: {what}", cause)
{
    /// <summary>File, data set or folder.</summary>
    public string Where { get; } = where;

    /// <summary>What is wrong.</summary>
    public string What { get; } = what;
}
