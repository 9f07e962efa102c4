namespace TorchSharp;

public static partial class torch
{
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public partial class Tensor
    {
        public Tensor relu() => Aten.relu.Unary(this);
        public Tensor relu_() => Aten.relu_.UnaryInPlace(this);
        public Tensor relu6() => Aten.relu6.Unary(this);
        public Tensor celu() => Aten.celu.Unary(this);
        public Tensor celu(Scalar alpha) => Aten.celu.Call(this, alpha);
        public Tensor elu(double alpha = 1) => Aten.elu.Call(this, alpha);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Aten.elu.Call(this, alpha, scale, input_scale);
        public Tensor elu_(double alpha = 1) => Aten.elu_.CallInPlace(this, alpha);
        public Tensor gelu() => Aten.gelu.Unary(this);
        public Tensor glu(long dim = -1) => Aten.glu.Call(this, dim);
        public Tensor hardsigmoid() => Aten.hardsigmoid.Unary(this);
        public Tensor hardswish() => Aten.hardswish.Unary(this);
        public Tensor hardtanh(Scalar min, Scalar max) => Aten.hardtanh.Call(this, min, max);
        public Tensor leaky_relu(Scalar negative_slope) => Aten.leaky_relu.Call(this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Aten.leaky_relu_.CallInPlace(this, negative_slope);
        public Tensor selu() => Aten.selu.Unary(this);
        public Tensor silu() => Aten.silu.Unary(this);
        public Tensor prelu(Tensor target) => Aten.prelu.Binary(this, target);
        public Tensor log_sigmoid() => Aten.log_sigmoid.Unary(this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.softplus.Call(this, beta, threshold);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.softmax_int.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.log_softmax_int.Call(this, dim, dtype);
        public Tensor threshold(Scalar threshold, Scalar value) => Aten.threshold.Call(this, threshold, value);
    }
}
