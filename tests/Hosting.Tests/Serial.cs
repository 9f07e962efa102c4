// The console and the default generators belong to the process: tests that use them run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
