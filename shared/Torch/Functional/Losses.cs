namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_bceWithLogits = new("binary_cross_entropy_with_logits"), s_bce = new("binary_cross_entropy");
            private static readonly Operator s_crossEntropy = new("cross_entropy_loss"), s_nll = new("nll_loss_nd");
            private static readonly Operator s_mse = new("mse_loss"), s_l1 = new("l1_loss"), s_smoothL1 = new("smooth_l1_loss"), s_huber = new("huber_loss");
            private static readonly Operator s_klDiv = new("kl_div"), s_poissonNll = new("poisson_nll_loss"), s_softMargin = new("soft_margin_loss");
            private static readonly Operator s_hinge = new("hinge_embedding_loss");

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                s_bceWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_bce.Call(input, target, weight, (long)reduction);

            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                s_crossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_nll.Call(input, target, weight, (long)reduction, -100L);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_mse.Call(input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_l1.Call(input, target, (long)reduction);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                s_smoothL1.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                s_huber.Call(input, target, (long)reduction, delta);

            /// <summary>Divergence of log-probabilities <paramref name="input"/>; Reduction.Mean divides by the number of elements.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                s_klDiv.Call(input, target, (long)reduction, log_target);

            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                s_poissonNll.Call(input, target, log_input, full, (double)eps, (long)reduction);

            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                s_softMargin.Call(input, target, (long)reduction);

            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                s_hinge.Call(input, target, margin, (long)reduction);

            /// <summary>½ (log variance + (input - target)² / variance), with ½ log 2π when <paramref name="full"/>.</summary>
            public static Tensor gaussian_nll_loss(
                Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                // The floor under the variance takes no part in the gradient, as in PyTorch.
                Tensor floored;
                using (no_grad())
                    floored = s_clampMin.Call(variance, (double)eps) - variance;
                Tensor v = variance + floored;
                Tensor loss = 0.5 * (v.log() + ((input - target).square() / v));
                if (full)
                    loss = loss + (0.5 * Math.Log(2 * Math.PI));
                loss = reduction switch { Reduction.Mean => loss.mean(), Reduction.Sum => loss.sum(), _ => loss };
                return loss.MoveToOuterDisposeScope();
            }
        }
    }
}
