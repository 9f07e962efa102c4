using Replications.Datasets;
using Replications.Training.Seeds;
using Replications.Training.Subjects;
using TorchSharp;

namespace Replications.Training.Loop;

/// <summary>Asks a subject for measurements and pictures, with the generators seeded by what is asked for.</summary>
internal sealed class Evaluator(ISubject subject, long seed, IJournal journal, CancellationToken stop)
{
    /// <summary>Measures a split.</summary>
    /// <exception cref="DivergedException">A measured value is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run is asked to stop.</exception>
    public IReadOnlyList<Measurement> Evaluate(Phase phase, Split split, long step, bool final)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(SeedSequence.Derive(seed, step, Purpose.EvaluateTrain + (int)split));
        IReadOnlyList<Measurement> measured = subject.Evaluate(split, Context(phase, step, final));
        foreach (Measurement m in measured)
        {
            if (!double.IsFinite(m.Value))
                throw new DivergedException(step, $"{split.Id()} {m.Metric}", m.Value);
        }

        return measured;
    }

    /// <summary>Draws pictures.</summary>
    /// <exception cref="OperationCanceledException">The run is asked to stop.</exception>
    public IReadOnlyList<Picture> Draw(long step)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.manual_seed(SeedSequence.Derive(seed, step, Purpose.Draw));
        return subject.Draw(Context(Phase.Drawing, step, final: true));
    }

    private EvaluationContext Context(Phase phase, long step, bool final) =>
        new(seed, step, final, (done, total) => journal.Progress(phase, done, total, step, null), stop);
}
