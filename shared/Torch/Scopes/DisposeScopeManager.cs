namespace TorchSharp;

/// <summary>The dispose scopes of one thread, and counts of what passed through them.</summary>
public class DisposeScopeManager
{
    private const int InitialItems = 64;

    [ThreadStatic]
    private static DisposeScopeManager? s_threadSingleton;

    private IDisposable?[]? _spareItems;

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal static DisposeScopeManager ThreadSingleton => s_threadSingleton ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    /// <summary>Room for a scope's objects: that of the last scope which ended, as steps resemble each other.</summary>
    internal IDisposable?[] TakeItems()
    {
        IDisposable?[] items = _spareItems ?? new IDisposable?[InitialItems];
        _spareItems = null;
        return items;
    }

    internal void GiveItems(IDisposable?[] items) => _spareItems = items;

    internal void Register(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is { } scope)
        {
            scope.Add(tensor);
            StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }

    /// <summary>A tensor is disposed, or gives up its reference.</summary>
    internal void Forget(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is { } scope)
        {
            scope.Remove(tensor);
            StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
        }
    }

    internal void RemoveDisposeScope(DisposeScope disposeScope)
    {
        if (ReferenceEquals(CurrentDisposeScope, disposeScope))
        {
            CurrentDisposeScope = disposeScope.OuterScope;
            return;
        }

        // Scopes may end out of order: the one that named it as outer takes over its outer.
        for (DisposeScope? scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, disposeScope))
            {
                scope.OuterScope = disposeScope.OuterScope;
                return;
            }
        }
    }
}
