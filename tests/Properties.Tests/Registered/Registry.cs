using System.Reflection;
using Replications.Hosting.Experiments;

namespace Replications.Properties.Tests.Registered;

/// <summary>Every replication in the folder of the tests' programs, found by reflection: nobody has to remember to list one.</summary>
internal static class Registry
{
    public static IReadOnlyList<Replication> Replications { get; } =
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Replications.*.dll").Order(StringComparer.Ordinal).SelectMany(RegisteredBy)];

    /// <summary>Names <c>replication/experiment</c>, for theories.</summary>
    public static TheoryData<string> Names => [.. Replications.SelectMany(r => r.Experiments.Select(e => $"{r.Name}/{e.Name}"))];

    public static Experiment Experiment(string name) =>
        Replications.SelectMany(r => r.Experiments.Select(e => (Name: $"{r.Name}/{e.Name}", Experiment: e))).Single(p => p.Name == name).Experiment;

    /// <summary>What the program of a folder of <c>replications/</c> registers.</summary>
    public static IReadOnlyList<Replication> In(string folder) => [.. RegisteredBy(Path.Combine(AppContext.BaseDirectory, $"Replications.{folder}.dll"))];

    private static IEnumerable<Replication> RegisteredBy(string program) =>
        Assembly.LoadFrom(program).GetExportedTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(p => p.PropertyType == typeof(Replication))
            .Select(p => (Replication)p.GetValue(null)!);
}
