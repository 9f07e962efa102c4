using System.Reflection;
using Xunit.Sdk;

namespace Replications.Datasets.Tests.Registry;

/// <summary>
/// A row <c>(id, absent)</c> of a theory about the real files of a data set. Where they cannot be had, the row is skipped,
/// and the reason stands in its name, so that the shortest log shows it.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RealDataAttribute : DataAttribute
{
    public RealDataAttribute(string id)
    {
        Id = id;
        Skip = RealData.Missing(id);
    }

    public string Id { get; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Id, Skip ?? ""]];
}
