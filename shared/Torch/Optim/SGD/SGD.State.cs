using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    public sealed class State : TensorState
    {
        public State(Parameter parameter)
            : base(parameter, counted: false, required: 0, optional: 1)
        {
        }

        public Tensor? momentum_buffer
        {
            get => this[0];
            set => this[0] = value;
        }

        public override void Initialize(OptimizerOptions options)
        {
            Count = 0;
            this[0] = null;
        }

        internal void Prepare(bool used)
        {
            if (used && this[0] is null)
            {
                Count = 0;
                Fill(0);
            }
        }

        internal void DropUnused()
        {
            if (Count == 0)
                this[0] = null;
        }

        // A buffer that came from elsewhere has had its first step.
        private protected override void Restored() => Count = this[0] is null ? 0 : 1;
    }
}
