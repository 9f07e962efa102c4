namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_attention = new("scaled_dot_product_attention");

            /// <summary>softmax(query · keyᵀ / √width + mask) · value, by libtorch's own operator where it has one (from 2.0 on).</summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (s_attention.Exists)
                    return s_attention.Call(query, key, value, attn_mask, p, is_casual);
                using var scope = NewDisposeScope();
                Tensor scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.size(-1));
                if (is_casual)
                {
                    Tensor allowed = ones(query.size(-2), key.size(-2), dtype: ScalarType.Bool, device: query.device).tril();
                    scores = scores.masked_fill(allowed.logical_not(), double.NegativeInfinity);
                }

                if (attn_mask is not null)
                    scores = attn_mask.dtype == ScalarType.Bool ? scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity) : scores + attn_mask;
                return dropout(softmax(scores, -1), p, p > 0).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
