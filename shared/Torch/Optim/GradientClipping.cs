using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            private static readonly Operator s_clipNorm = new("replications::clip_grad_norm_");
            private static readonly Operator s_clipValue = new("replications::clip_grad_value_");

            /// <summary>Scales all gradients together so that their norm, as one vector, is at most <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0) =>
                s_clipNorm.CallScalar((Tensor[])[.. tensors], max_norm, norm_type).ToDouble();

            /// <summary>Clamps every element of every gradient to [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value) =>
                s_clipValue.CallVoid((Tensor[])[.. tensors], clip_value);

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(t => t.reshape(-1))], 0).MoveToOuterDisposeScope();
            }

            /// <summary>Copies consecutive pieces of the vector into the parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var grad = no_grad();
                long start = 0;
                foreach (Parameter parameter in tensors)
                {
                    using Tensor piece = vec.narrow(0, start, parameter.numel());
                    using Tensor shaped = piece.view(parameter.shape);
                    parameter.copy_(shaped);
                    start += parameter.numel();
                }
            }
        }
    }
}
