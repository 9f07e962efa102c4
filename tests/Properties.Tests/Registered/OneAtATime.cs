// The default generators and the count of tensors belong to the whole process: no two tests may run at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
