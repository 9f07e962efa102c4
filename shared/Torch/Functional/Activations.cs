namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_relu = new("relu"), s_reluInPlace = new("relu_");
            private static readonly Operator s_leakyRelu = new("leaky_relu"), s_leakyReluInPlace = new("leaky_relu_");
            private static readonly Operator s_elu = new("elu"), s_eluInPlace = new("elu_");
            private static readonly Operator s_gelu = new("gelu"), s_geluInPlace = new("gelu_");
            private static readonly Operator s_silu = new("silu"), s_siluInPlace = new("silu_");
            private static readonly Operator s_sigmoid = new("sigmoid"), s_sigmoidInPlace = new("sigmoid_");
            private static readonly Operator s_tanh = new("tanh"), s_tanhInPlace = new("tanh_");
            private static readonly Operator s_selu = new("selu"), s_seluInPlace = new("selu_");
            private static readonly Operator s_mish = new("mish"), s_mishInPlace = new("mish_");
            private static readonly Operator s_hardtanh = new("hardtanh"), s_hardtanhInPlace = new("hardtanh_");
            private static readonly Operator s_softplus = new("softplus");
            private static readonly Operator s_logSigmoid = new("log_sigmoid");
            private static readonly Operator s_glu = new("glu");
            private static readonly Operator s_prelu = new("prelu");
            private static readonly Operator s_softmax = new("softmax", "int"), s_logSoftmax = new("log_softmax", "int");

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? s_reluInPlace.CallInPlace(x) : s_relu.Call(x);

            public static Tensor relu6(Tensor x, bool inplace = false) => hardtanh(x, 0, 6, inplace);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? s_leakyReluInPlace.CallInPlace(input, negative_slope) : s_leakyRelu.Call(input, negative_slope);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? s_eluInPlace.CallInPlace(x, alpha) : s_elu.Call(x, alpha);

            public static Tensor selu(Tensor x, bool inplace = false) => inplace ? s_seluInPlace.CallInPlace(x) : s_selu.Call(x);

            public static Tensor gelu(Tensor x) => s_gelu.Call(x);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false)
            {
                string form = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? s_geluInPlace.CallInPlace(x, form) : s_gelu.Call(x, form);
            }

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? s_siluInPlace.CallInPlace(x) : s_silu.Call(x);

            public static Tensor mish(Tensor x, bool inplace = false) => inplace ? s_mishInPlace.CallInPlace(x) : s_mish.Call(x);

            public static Tensor sigmoid(Tensor x) => s_sigmoid.Call(x);

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? s_sigmoidInPlace.CallInPlace(x) : s_sigmoid.Call(x);

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? s_tanhInPlace.CallInPlace(x) : s_tanh.Call(x);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? s_hardtanhInPlace.CallInPlace(x, min_val, max_val) : s_hardtanh.Call(x, min_val, max_val);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => s_softplus.Call(x, beta, threshold);

            public static Tensor logsigmoid(Tensor x) => s_logSigmoid.Call(x);

            public static Tensor glu(Tensor input, long dim = -1) => s_glu.Call(input, dim);

            public static Tensor prelu(Tensor input, Tensor weight) => s_prelu.Call(input, weight);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => s_softmax.Call(input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => s_logSoftmax.Call(x, dim, Argument.None);
        }
    }
}
