namespace Replications.Torch.Tests.Lifetimes;

/// <summary>Tests that count what is alive in the whole process run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
