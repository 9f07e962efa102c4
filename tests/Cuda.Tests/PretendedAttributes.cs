using Replications.Properties.Tests.Registered;

namespace Replications.Cuda.Tests;

/// <summary>A test of what holds on the pretended GPU alone.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PretendedFactAttribute : FactAttribute
{
    public PretendedFactAttribute() => Skip = TestDevice.NotPretended;
}

/// <inheritdoc cref="PretendedFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PretendedTheoryAttribute : TheoryAttribute
{
    public PretendedTheoryAttribute() => Skip = TestDevice.NotPretended;
}
