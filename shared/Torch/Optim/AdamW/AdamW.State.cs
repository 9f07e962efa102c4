using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class AdamW
{
    public sealed class State : TensorState
    {
        public State(Parameter parameter)
            : base(parameter, counted: true, required: 2, optional: 1)
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

        public Tensor exp_avg_sq
        {
            get => this[1]!;
            set => this[1] = value;
        }

        public Tensor? max_exp_avg_sq
        {
            get => this[2];
            set => this[2] = value;
        }

        public override void Initialize(OptimizerOptions options)
        {
            Count = 0;
            Fill(0);
            Fill(1);
            if (((Options)options).amsgrad == true)
                Fill(2);
            else
                this[2] = null;
        }
    }
}
