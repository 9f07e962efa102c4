namespace TorchSharp;

/// <summary>
/// An index expression taken apart as Python's is: numbers, slices and new axes become views, tensors are left for
/// <c>aten::index</c>. Disposing it frees what was made on the way.
/// </summary>
internal sealed class IndexPlan : IDisposable
{
    private readonly torch.Tensor _source;
    private readonly List<torch.Tensor> _made = [];
    private readonly List<torch.Tensor?> _indices = [];
    private int _dimension;

    internal IndexPlan(torch.Tensor source, torch.TensorIndex[] indices)
    {
        _source = source;
        View = source;
        long specified = indices.Sum(Specified);
        if (specified > source.Dimensions)
            throw new ArgumentException($"too many indices for a tensor of {source.Dimensions} dimensions: {specified}");
        foreach (torch.TensorIndex index in indices)
            Apply(index, specified);
    }

    /// <summary>What numbers, slices and new axes leave.</summary>
    internal torch.Tensor View { get; private set; }

    /// <summary>Tensors per dimension of <see cref="View"/>; empty when there are none.</summary>
    internal torch.Tensor?[] Indices => [.. _indices];

    /// <summary>The view, kept beyond this plan.</summary>
    internal torch.Tensor TakeView()
    {
        if (ReferenceEquals(View, _source))
            return _source.alias();
        // Not by Equals, which compares values: an earlier view may hold the same, and what is not a number equals nothing.
        _made.RemoveAll(made => ReferenceEquals(made, View));
        return View;
    }

    public void Dispose()
    {
        foreach (torch.Tensor tensor in _made)
            tensor.Dispose();
        _made.Clear();
    }

    private static long Specified(torch.TensorIndex index) => index.kind switch
    {
        torch.TensorIndex.Kind.Single or torch.TensorIndex.Kind.Slice => 1,
        torch.TensorIndex.Kind.Tensor when index.tensor!.dtype is torch.ScalarType.Bool or torch.ScalarType.Byte => index.tensor.Dimensions,
        torch.TensorIndex.Kind.Tensor => 1,
        _ => 0,
    };

    private void Apply(torch.TensorIndex index, long specified)
    {
        switch (index.kind)
        {
            case torch.TensorIndex.Kind.Single:
                Become(View.select(_dimension, index.startIndexOrBoolOrSingle!.Value));
                break;
            case torch.TensorIndex.Kind.Slice:
                Become(Aten.slice_Tensor.Call(View, _dimension, index.startIndexOrBoolOrSingle, index.stopIndex, index.step ?? 1));
                _dimension++;
                break;
            case torch.TensorIndex.Kind.Ellipsis:
                _dimension += (int)(_source.Dimensions - specified);
                break;
            case torch.TensorIndex.Kind.None or torch.TensorIndex.Kind.Null:
                Become(View.unsqueeze(_dimension));
                _dimension++;
                break;
            case torch.TensorIndex.Kind.Bool:
                Become(View.unsqueeze(_dimension));
                Record(Keep(torch.zeros(index.startIndexOrBoolOrSingle!.Value, torch.ScalarType.Int64, View.device)));
                break;
            case torch.TensorIndex.Kind.Tensor when index.tensor!.Dimensions == 0 && index.tensor.dtype.IsIntegral() && index.tensor.dtype != torch.ScalarType.Bool:
                Become(View.select(_dimension, index.tensor.ToInt64()));
                break;
            case torch.TensorIndex.Kind.Tensor when index.tensor!.Dimensions == 0 && index.tensor.dtype == torch.ScalarType.Bool:
                Apply(torch.TensorIndex.Bool(index.tensor.ToBoolean()), specified);
                break;
            default:
                Record(index.tensor!);
                break;
        }
    }

    private void Record(torch.Tensor tensor)
    {
        while (_indices.Count < _dimension)
            _indices.Add(null);
        _indices.Add(tensor.device_type == View.device_type ? tensor : Keep(tensor.to(View.device)));
        _dimension++;
    }

    private void Become(torch.Tensor view)
    {
        View = view;
        _made.Add(view);
    }

    private torch.Tensor Keep(torch.Tensor tensor)
    {
        _made.Add(tensor);
        return tensor;
    }
}
