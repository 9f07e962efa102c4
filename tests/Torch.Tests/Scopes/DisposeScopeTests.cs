using TorchSharp;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Scopes;

public class DisposeScopeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        Tensor inner;
        Tensor kept;
        using (DisposeScope scope = NewDisposeScope())
        {
            inner = zeros(2);
            kept = zeros(2).DetachFromDisposeScope();
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inner));
        }

        Assert.True(inner.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void MovingOutwardKeepsATensorForTheOuterScope()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor a;
        Tensor b;
        using (DisposeScope inner = NewDisposeScope())
        {
            (a, b) = inner.MoveToOuter(zeros(1), ones(1));
            zeros(3);
            Assert.Equal(1, inner.DisposablesCount);
        }

        Assert.False(a.IsInvalid);
        Assert.True(outer.Contains(a));
        Assert.True(outer.Contains(b));
        Assert.Equal(2, outer.DisposablesCount);
    }

    [Fact]
    public void MovingOutOfTheOutermostScopeDetaches()
    {
        Tensor a;
        using (NewDisposeScope())
            a = zeros(1).MoveToOuterDisposeScope();
        Assert.False(a.IsInvalid);
        a.Dispose();
    }

    [Fact]
    public void AttachBringsATensorUnderAScopeAndLeavesItsOldOne()
    {
        Tensor loose = zeros(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(loose);
            scope.Attach(loose);
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.True(loose.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingButKeepsWhatItIsTold()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros(1);
        Tensor b = zeros(1);
        Tensor kept = scope.DisposeEverythingBut(a);
        Assert.Same(a, kept);
        Assert.False(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void ScopesMayEndOutOfOrder()
    {
        DisposeScope first = NewDisposeScope();
        Tensor inFirst = zeros(1);
        DisposeScope second = NewDisposeScope();
        Tensor inSecond = zeros(1);
        first.Dispose();
        Assert.True(inFirst.IsInvalid);
        Assert.False(inSecond.IsInvalid);
        Assert.Same(second, CurrentDisposeScope);
        second.Dispose();
        Assert.True(inSecond.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void AScopeTakesOtherDisposables()
    {
        var stream = new MemoryStream();
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(stream);
            scope.Attach(stream);
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.False(stream.CanRead);
    }

    [Fact]
    public void LeavingInAnyOrderLosesNoTensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] made = [.. Enumerable.Range(0, 300).Select(i => tensor((long)i))];
        foreach (int i in Enumerable.Range(0, 300).Where(i => i % 3 == 0))
            made[i].Dispose();
        Assert.Equal(200, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void ADisposedTensorAndScopeAreRefused()
    {
        Tensor a = zeros(1);
        a.Dispose();
        a.Dispose();
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => a.shape).Message);
        DisposeScope scope = NewDisposeScope();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
    }

    [Fact]
    public void StatisticsCountWhatPassesThrough()
    {
        ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        using (DisposeScope scope = NewDisposeScope())
        {
            zeros(1);
            Tensor early = zeros(1);
            early.Dispose();
            scope.Detach(zeros(1)).Dispose();
        }

        Tensor outside = zeros(1);
        outside.Dispose();
        Assert.Equal((3, 2), (statistics.CreatedInScopeCount, statistics.DisposedInScopeCount));
        Assert.Equal((1, 2), (statistics.CreatedOutsideScopeCount, statistics.DisposedOutsideScopeCount));
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AWrappedExpressionLeavesOnlyItsResult()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor result = WrappedTensorDisposeScope(() => (zeros(2) + 1) * 3);
        Assert.Equal([3f, 3f], result.data<float>().ToArray());
        Assert.Equal(1, outer.DisposablesCount);
    }
}
