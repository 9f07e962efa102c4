using System.Reflection;
using Replications.Hosting.Experiments;
using Replications.Training.Subjects;

namespace Replications.Properties.Tests.Registered;

/// <summary>Every replication in the folder of the tests' programs, found by reflection: nobody has to remember to list one.</summary>
internal static class Registry
{
    public static IReadOnlyList<Replication> Replications { get; } = Find();

    /// <summary>Names <c>replication/experiment</c>, for theories.</summary>
    public static TheoryData<string> Names => NamesWhere(_ => true);

    /// <summary>Names of those whose tiny recipe is of a kind.</summary>
    public static TheoryData<string> NamesWhere(Func<Recipe, bool> kind) =>
        [.. Replications.SelectMany(r => r.Experiments.Where(e => kind(e.TinyRecipe)).Select(e => $"{r.Name}/{e.Name}"))];

    public static Experiment Experiment(string name) =>
        Replications.SelectMany(r => r.Experiments.Select(e => (Name: $"{r.Name}/{e.Name}", Experiment: e))).Single(p => p.Name == name).Experiment;

    private static List<Replication> Find()
    {
        var found = new List<Replication>();
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Replications.*.dll").Order(StringComparer.Ordinal))
        {
            IEnumerable<PropertyInfo> properties = Assembly.LoadFrom(file).GetExportedTypes()
                .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static))
                .Where(p => p.PropertyType == typeof(Replication));
            found.AddRange(properties.Select(p => (Replication)p.GetValue(null)!));
        }

        return found;
    }
}
