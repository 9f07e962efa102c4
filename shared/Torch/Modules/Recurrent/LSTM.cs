using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Long short-term memory; input [time, batch, features], or batch first. Weights uniform within 1/√hidden at first.</summary>
    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private static readonly Operator s_lstm = new("lstm", "input");
        private readonly List<Parameter> _weights = [];
        private readonly long _hidden;
        private readonly long _layers;
        private readonly bool _hasBias;
        private readonly bool _batchFirst;
        private readonly double _dropout;
        private readonly bool _bidirectional;

        internal LSTM(
            long inputSize, long hiddenSize, long layers, bool hasBias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
            : base(nameof(LSTM))
        {
            _hidden = hiddenSize;
            _layers = layers;
            _hasBias = hasBias;
            _batchFirst = batchFirst;
            _dropout = dropout;
            _bidirectional = bidirectional;
            const int Gates = 4;
            int directions = bidirectional ? 2 : 1;
            for (long layer = 0; layer < layers; layer++)
            {
                long width = layer == 0 ? inputSize : hiddenSize * directions;
                for (int direction = 0; direction < directions; direction++)
                {
                    string suffix = FormattableString.Invariant($"_l{layer}") + (direction == 1 ? "_reverse" : "");
                    Add("weight_ih" + suffix, [Gates * hiddenSize, width], device, dtype);
                    Add("weight_hh" + suffix, [Gates * hiddenSize, hiddenSize], device, dtype);
                    if (!hasBias)
                        continue;
                    Add("bias_ih" + suffix, [Gates * hiddenSize], device, dtype);
                    Add("bias_hh" + suffix, [Gates * hiddenSize], device, dtype);
                }
            }
        }

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
        {
            Tensor[] weights = [.. _weights];
            if (h0_c0 is { } given)
                return s_lstm.Call3(input, (Tensor[])[given.Item1, given.Item2], weights, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
            using Tensor start = zeros(
                _layers * (_bidirectional ? 2 : 1), input.shape[_batchFirst ? 0 : 1], _hidden, dtype: input.dtype, device: input.device);
            return s_lstm.Call3(input, (Tensor[])[start, start], weights, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
        }

        /// <summary>Output, last hidden state and last cell state.</summary>
        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        protected override void RegisterComponents()
        {
        }

        private void Add(string name, long[] shape, Device? device, ScalarType? dtype)
        {
            Parameter parameter = nn.Parameter(empty(shape, dtype: dtype, device: device));
            double bound = 1 / Math.Sqrt(_hidden);
            nn.init.uniform_(parameter, -bound, bound);
            register_parameter(name, parameter);
            _weights.Add(parameter);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
