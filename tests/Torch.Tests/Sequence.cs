// One after the other: the default generator, the count of live tensors and the threads of libtorch belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
