// The default generators and the count of live tensors belong to the process: tests that use them run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
