namespace Replications.Torch.Tests.Gradients;

/// <summary>What is exposed and gives tensors but has no row in the gradient tables, each with its reason.</summary>
internal static class ExemptOperators
{
    private const string Integral = "gives whole numbers or truth values";
    private const string Flat = "its derivative is zero almost everywhere";
    private const string Made = "makes a tensor from no tensor, or from its shape alone";
    private const string Drawn = "random; tested against PyTorch's numbers";
    private const string Graph = "acts on the graph itself; tested under Autograd";
    private const string Kept = "manages lifetimes or storage, not values";
    private const string Underived = "libtorch 1.13 has no derivative for it; asking for one is an error, not a wrong number";
    private const string Complex = "gives complex numbers, which no model here differentiates";

    internal static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string[]>
    {
        [Integral] =
        [
            "all", "any", "eq", "eq_", "ne", "ne_", "lt", "lt_", "le", "le_", "gt", "gt_", "ge", "ge_", "equal", "not_equal", "less", "less_equal",
            "greater", "greater_equal", "isclose", "isin", "isfinite", "isinf", "isnan", "isposinf", "isneginf", "isreal", "logical_and", "logical_and_",
            "logical_or", "logical_or_", "logical_xor", "logical_xor_", "logical_not", "logical_not_", "bitwise_and", "bitwise_and_", "bitwise_or",
            "bitwise_or_", "bitwise_xor", "bitwise_xor_", "bitwise_not", "bitwise_not_", "bitwise_left_shift", "bitwise_left_shift_",
            "bitwise_right_shift", "bitwise_right_shift_", "argmax", "argmin", "argsort", "bucketize", "searchsorted", "count_nonzero", "bincount",
            "histc", "nonzero", "nonzero_as_list", "argwhere", "unique", "gcd", "lcm", "signbit", "bool", "byte", "char", "short", "int", "long",
            "tril_indices", "triu_indices", "randint_like", "functional.one_hot",
        ],
        [Flat] =
        [
            "ceil", "ceil_", "floor", "floor_", "round", "round_", "trunc", "trunc_", "fix", "fix_", "sign", "sign_", "sgn", "sgn_", "floor_divide",
            "heaviside",
        ],
        [Made] =
        [
            "zeros", "zeros_like", "new_zeros", "ones", "ones_like", "new_ones", "empty", "empty_like", "new_empty", "full", "full_like", "new_full",
            "arange", "linspace", "logspace", "eye", "tensor", "Load", "load", "as_tensor", "from_array", "frombuffer",
        ],
        [Drawn] =
        [
            "rand", "rand_like", "randn", "randn_like", "randint", "randperm", "normal", "bernoulli", "multinomial", "poisson", "binomial",
            "_standard_gamma", "bernoulli_", "cauchy_", "exponential_", "geometric_", "normal_", "log_normal_", "random_", "uniform_",
        ],
        [Graph] = ["detach", "detach_", "requires_grad_", "with_requires_grad"],
        [Kept] =
        [
            "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope", "UnsafeCreateTensor", "WrappedTensorDisposeScope", "set_",
            "pin_memory", "cpu", "cuda", "to_type", "type", "type_as", "half", "bfloat16", "float", "double",
        ],
        [Underived] = ["acosh_", "asinh_", "atanh_", "arccosh_", "arcsinh_", "arctanh_", "aminmax"],
        [Complex] = ["complex", "linalg.eig", "linalg.eigvals"],
    }.SelectMany(reason => reason.Value.Select(name => (name, reason.Key))).ToDictionary(pair => pair.name, pair => pair.Key);
}
