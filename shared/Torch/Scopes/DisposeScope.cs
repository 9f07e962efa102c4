namespace TorchSharp;

/// <summary>
/// Owns what is made on this thread while it is the innermost scope, and disposes it when it ends. A tensor knows its place
/// in its scope, so that joining and leaving take constant time and nothing is hashed.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;
    private IDisposable?[] _items;
    private int _count;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        _items = manager.TakeItems();
        OuterScope = manager.CurrentDisposeScope;
    }

    /// <summary>What the scope owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            RequireOpen();
            return _items[.._count]!;
        }
    }

    public int DisposablesCount
    {
        get
        {
            RequireOpen();
            return _count;
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    public bool Contains(IDisposable disposable) => IndexOf(disposable) >= 0;

    /// <summary>Disposes what the scope owns, in the order in which it was made, and ends the scope.</summary>
    public void Dispose()
    {
        if (_manager is null)
            return;
        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        _manager.GiveItems(_items);
        _items = [];
        _manager = null;
    }

    /// <summary>Called when something of this scope was disposed by other hands.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        RequireOpen();
        Remove(disposable);
    }

    public void DisposeEverything()
    {
        RequireOpen();
        IDisposable?[] items = _items;
        int count = _count;
        _count = 0;
        LifetimeStatistics statistics = _manager!.StatisticsInstance.TensorStatistics;
        for (int i = 0; i < count; i++)
        {
            IDisposable item = items[i]!;
            items[i] = null;
            if (item is torch.Tensor tensor)
            {
                tensor.OwningDisposeScope = null;
                statistics.DisposedInScopeCount++;
                statistics.DisposedOutsideScopeCount--;
            }

            item.Dispose();
        }
    }

    internal void Add(IDisposable item)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, 2 * _count);
        if (item is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = this;
            tensor.scopeSlot = _count;
        }

        _items[_count++] = item;
    }

    internal bool Remove(IDisposable item)
    {
        int index = IndexOf(item);
        if (index < 0)
            return false;
        if (item is torch.Tensor leaving)
            leaving.OwningDisposeScope = null;
        IDisposable last = _items[--_count]!;
        _items[_count] = null;
        if (index < _count)
        {
            _items[index] = last;
            if (last is torch.Tensor moved)
                moved.scopeSlot = index;
        }

        return true;
    }

    private int IndexOf(IDisposable item)
    {
        if (item is torch.Tensor tensor)
            return ReferenceEquals(tensor.OwningDisposeScope, this) ? tensor.scopeSlot : -1;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_items[i], item))
                return i;
        }

        return -1;
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_manager is null, this);
}
