using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class RMSProp
{
    public sealed class State : TensorState
    {
        public State(Parameter parameter)
            : base(parameter, counted: true, required: 1, optional: 2)
        {
        }

        public long step
        {
            get => Count;
            set => Count = value;
        }

        public Tensor square_avg
        {
            get => this[0]!;
            set => this[0] = value;
        }

        public Tensor? momentum_buffer
        {
            get => this[1];
            set => this[1] = value;
        }

        public Tensor? grad_avg
        {
            get => this[2];
            set => this[2] = value;
        }

        public override void Initialize(OptimizerOptions options)
        {
            Count = 0;
            Fill(0);
            if (((Options)options).momentum > 0)
                Fill(1);
            else
                this[1] = null;
            if (((Options)options).centered == true)
                Fill(2);
            else
                this[2] = null;
        }
    }
}
