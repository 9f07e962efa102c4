using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Replications.PixelCnn;

/// <summary>
/// An LSTM whose state is a line of pixels (equation 3): <c>[o, f, i, g] = s(K_ss * h + K_is * x)</c>, s the logistic function for the gates
/// and tanh for g; <c>c = f c + i g</c>, <c>h = o tanh(c)</c>. The state before the first line is learned (section 3.1).
/// </summary>
public sealed class LstmCell : Module<Tensor, Tensor>
{
    private readonly Parameter stateToState;
    private readonly Parameter hidden;
    private readonly Parameter cell;
    private readonly int _h;
    private readonly (long Before, long After) _padding;

    /// <summary>Makes a cell.</summary>
    /// <param name="h">Features of the state.</param>
    /// <param name="padding">Pixels before and after a line that the state-to-state convolution reaches.</param>
    public LstmCell(int h, (long Before, long After) padding)
        : base(nameof(LstmCell))
    {
        _h = h;
        _padding = padding;
        stateToState = Parameter(init.xavier_uniform_(empty(4 * h, h, 1 + padding.Before + padding.After)));
        hidden = Parameter(zeros(1, h, 1));
        cell = Parameter(zeros(1, h, 1));
        RegisterComponents();
    }

    /// <summary>Its weights: state to state, h and c before the first line.</summary>
    public IEnumerable<Tensor> Weights => [stateToState, hidden, cell];

    /// <summary>Runs over the lines.</summary>
    /// <param name="input">Input-to-state part of o, f, i, g, <c>[N, 4h, length, lines]</c>.</param>
    /// <returns>States, <c>[N, h, length, lines]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        (Tensor h, Tensor c) = Initial(input.shape[0], input.shape[2]);
        List<Tensor> states = [];
        foreach (Tensor line in input.unbind(3))
        {
            (h, c) = Step(line + StateToState(h), c);
            states.Add(h);
        }

        return stack(states, 3);
    }

    /// <summary>h and c before the first line.</summary>
    /// <param name="count">N.</param>
    /// <param name="length">Pixels of a line.</param>
    /// <returns>Each <c>[N, h, length]</c>.</returns>
    internal (Tensor Hidden, Tensor Cell) Initial(long count, long length) => (hidden.expand(count, _h, length), cell.expand(count, _h, length));

    /// <summary>K_ss as a matrix that the states it sees, one after another, are multiplied with: <c>[(before + 1 + after) h, 4h]</c>.</summary>
    internal Tensor StateMatrix => stateToState.permute(2, 1, 0).reshape(-1, 4 * _h).contiguous();

    /// <summary><c>K_ss * h</c>.</summary>
    /// <param name="h">A line of states, <c>[N, h, length]</c>.</param>
    /// <returns><c>[N, 4h, length]</c>.</returns>
    internal Tensor StateToState(Tensor h) => functional.conv1d(functional.pad(h, _padding), stateToState);

    /// <summary>The next state.</summary>
    /// <param name="gates">The arguments of o, f, i, g, <c>[N, 4h, ...]</c>.</param>
    /// <param name="c">The last c, <c>[N, h, ...]</c>.</param>
    internal (Tensor Hidden, Tensor Cell) Step(Tensor gates, Tensor c)
    {
        Tensor s = gates.narrow(1, 0, 3 * _h).sigmoid();
        c = (s.narrow(1, _h, _h) * c) + (s.narrow(1, 2 * _h, _h) * gates.narrow(1, 3 * _h, _h).tanh());
        return (s.narrow(1, 0, _h) * c.tanh(), c);
    }
}
