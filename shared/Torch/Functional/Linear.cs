namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_linear = new("replications::linear");
            private static readonly Operator s_oneHot = new("one_hot");

            /// <summary>input · weightsᵀ + bias; input [..., in], weights [out, in], bias [out].</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => s_linear.Call(input, weights, bias);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => s_oneHot.Call(x, num_classes);
        }
    }
}
