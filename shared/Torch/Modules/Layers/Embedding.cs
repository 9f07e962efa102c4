using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors looked up by index; standard normal at first.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private static readonly Operator s_embedding = new("embedding"), s_renorm = new("embedding_renorm_");
        private readonly long _padding;
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scaleGradByFrequency;
        private readonly bool _sparse;
        private Parameter _weight;

        internal Embedding(Tensor weight, bool freeze, long? padding, double? maxNorm, double normType, bool scaleGradByFrequency, bool sparse)
            : base(nameof(Embedding))
        {
            _padding = padding switch
            {
                null => -1,
                < 0 => weight.shape[0] + padding.Value,
                _ => padding.Value,
            };
            _maxNorm = maxNorm;
            _normType = normType;
            _scaleGradByFrequency = scaleGradByFrequency;
            _sparse = sparse;
            _weight = nn.Parameter(weight, !freeze);
            register_parameter(nameof(weight), _weight);
        }

        public Parameter weight
        {
            get => _weight;
            set
            {
                if (ReferenceEquals(_weight, value))
                    return;
                _weight.Dispose();
                _weight = value;
                ConditionallyRegisterParameter(nameof(weight), value);
            }
        }

        public override Tensor forward(Tensor input)
        {
            if (_maxNorm is { } limit)
            {
                using var grad = no_grad();
                s_renorm.CallInPlace(_weight, input.contiguous(), limit, _normType);
            }

            return s_embedding.Call(_weight, input, _padding, _scaleGradByFrequency, _sparse);
        }

        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                Tensor weight = init.normal_(empty(num_embeddings, embedding_dims, dtype: dtype, device: device));
                if (padding_idx is { } padding)
                {
                    using Tensor row = weight[padding];
                    row.zero_();
                }

                return new Embedding(weight, false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                Tensor weight = embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true);
                return new Embedding(weight, freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}
