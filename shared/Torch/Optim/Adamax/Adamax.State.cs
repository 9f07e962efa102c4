using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class Adamax
{
    public sealed class State : TensorState
    {
        public State(Parameter parameter)
            : base(parameter, counted: true, required: 2, optional: 0)
        {
        }

        public long step
        {
            get => Count;
            set => Count = value;
        }

        public Tensor exp_avg
        {
            get => this[0]!;
            set => this[0] = value;
        }

        public Tensor exp_inf
        {
            get => this[1]!;
            set => this[1] = value;
        }

        public override void Initialize(OptimizerOptions options)
        {
            Count = 0;
            Fill(0);
            Fill(1);
        }
    }
}
