using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Lifetimes;

/// <summary>Counts tensors of the whole process and collects garbage.</summary>
public class LifetimeTests
{
    [Fact]
    public void FinalisersDoNotFreeWhatACallStillUses()
    {
        const int Calls = 100_000;
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        Exception?[] failures = new Exception?[2];
        Thread[] workers = [.. Enumerable.Range(0, 2).Select(w => new Thread(() => failures[w] = Record.Exception(() => Work(w, Calls))))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        stop.Cancel();
        collector.Join();
        Assert.All(failures, Assert.Null);
    }

    [Fact]
    public void DroppedTensorsAreFreedByTheFinaliser()
    {
        Collect();
        long before = Engine.LiveTensors;
        Drop(100);
        Collect();
        Assert.InRange(Engine.LiveTensors, 0, before);
    }

    [Fact]
    public void ATrainingStepLeavesNoTensorBehind()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor weights = randn(8, 4, requires_grad: true);
        Step(weights);
        long before = Engine.LiveTensors;
        for (int i = 0; i < 5; i++)
            Step(weights);
        Assert.Equal(before, Engine.LiveTensors);
    }

    [Fact]
    public void AnExceptionLeavesNoTensorBehind()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor a = zeros(2, 3);
        long before = Engine.LiveTensors;
        for (int i = 0; i < 5; i++)
            Assert.ThrowsAny<Exception>(() => a.matmul(a));
        Assert.Equal(before, Engine.LiveTensors);
    }

    [Fact]
    public void IndexingLeavesOnlyItsResult()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor a = arange(24).reshape(2, 3, 4);
        Tensor rows = tensor(new long[] { 0, 1 });
        long before = Engine.LiveTensors;
        a[0, .., TensorIndex.Slice(1, 3)].Dispose();
        a[TensorIndex.None, TensorIndex.Tensor(rows), 1].Dispose();
        a[TensorIndex.Tensor(rows), .., 2] = a[TensorIndex.Tensor(rows), .., 1];
        outer.DisposeEverythingBut((IEnumerable<IDisposable>)[a, rows]);
        Assert.Equal(before - 1, Engine.LiveTensors);
    }

    // Implicit scalars, views, lists and results that nobody keeps: all that could be freed too early.
    private static void Work(int worker, int calls)
    {
        using Tensor t = full(4, worker + 1.0);
        for (int i = 0; i < calls; i++)
        {
            Tensor squared = t.pow(2);
            Tensor sum = cat([squared, t.view(4)]).sum(0L) + i;
            if (i % 1000 == 0)
                Assert.Equal((4 * (worker + 1) * (worker + 2)) + i, sum.item<float>());
        }
    }

    private static void Step(Tensor weights)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = rand(16, 8).matmul(weights).tanh().pow(2).mean();
        loss.backward();
        using IDisposable off = no_grad();
        weights.sub_(weights.grad! * 0.1);
        weights.grad!.zero_();
    }

    // What a frame of an earlier test still holds may take a second collection.
    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(int count)
    {
        for (int i = 0; i < count; i++)
            zeros(10);
    }
}
