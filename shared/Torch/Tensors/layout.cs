namespace TorchSharp;

/// <summary>How elements lie in memory; libtorch's codes.</summary>
public enum layout
{
    strided = 0,
    sparse_coo = 1,
}
