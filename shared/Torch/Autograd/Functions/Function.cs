namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function with a derivative written in C#; derive from <see cref="SingleTensorFunction{T}"/> or <see cref="MultiTensorFunction{T}"/>.</summary>
        public abstract class Function<T> : IManagedFunction
            where T : Function<T>, new()
        {
            private static readonly T s_instance = new();

            public abstract string Name { get; }

            string IManagedFunction.Name => Name;

            List<Tensor> IManagedFunction.Forward(AutogradContext context, object[] arguments) => ForwardAll(context, arguments);

            List<Tensor> IManagedFunction.Backward(AutogradContext context, List<Tensor> gradients) => BackwardAll(context, gradients);

            internal static List<Tensor> Apply(object[] vars) => new FunctionCall(s_instance, vars).Apply();

            internal abstract List<Tensor> ForwardAll(AutogradContext context, object[] arguments);

            internal abstract List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients);
        }

        /// <summary>A function of any arguments that gives one tensor.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient per argument of the forward; null for those that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> ForwardAll(AutogradContext context, object[] arguments) => [forward(context, arguments)];

            internal sealed override List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        /// <summary>A function of any arguments that gives several tensors.</summary>
        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient per argument of the forward; null for those that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> ForwardAll(AutogradContext context, object[] arguments) => forward(context, arguments);

            internal sealed override List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
