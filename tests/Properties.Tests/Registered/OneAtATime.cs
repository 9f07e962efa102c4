using System.Runtime.CompilerServices;
using TorchSharp;

// The default generators and the count of tensors belong to the whole process: no two tests may run at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Replications.Properties.Tests.Registered;

internal static class OneThread
{
    // Tiny tensors: a second thread would only be waited for.
    [ModuleInitializer]
    internal static void Choose() => torch.set_num_threads(1);
}
