using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class Adagrad
{
    public sealed class State : TensorState
    {
        public State(Parameter parameter)
            : base(parameter, counted: true, required: 1, optional: 0)
        {
        }

        public long step
        {
            get => Count;
            set => Count = value;
        }

        public Tensor sum
        {
            get => this[0]!;
            set => this[0] = value;
        }

        public override void Initialize(OptimizerOptions options)
        {
            Count = 0;
            Fill(0, ((Options)options).initial_accumulator_value!.Value);
        }
    }
}
