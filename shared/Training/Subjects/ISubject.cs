using Replications.Datasets;

namespace Replications.Training.Subjects;

/// <summary>
/// What a paper hands to the host: a model in training. One network, a game of two, a closed-form update and a
/// chain of estimators all have this shape. A subject knows nothing of files, options, consoles or reports.
/// </summary>
public interface ISubject : IDisposable
{
    /// <summary>How long to train, when to evaluate, what selects and stops.</summary>
    Schedule Schedule { get; }

    /// <summary>Number of trainable parameters.</summary>
    long Parameters { get; }

    /// <summary>Names, once, everything a byte-identical resume needs: modules, optimisers, averages, generators, counters.</summary>
    /// <param name="state">Where each is registered under its name.</param>
    void Register(SubjectState state);

    /// <summary>Runs once, before the first step of a fresh run: data-dependent initialisation. Part of the state afterwards.</summary>
    /// <param name="context">Step 0, seeded as every step is.</param>
    void Initialise(StepContext context)
    {
    }

    /// <summary>
    /// One update, or as many as <see cref="Schedule.UpdatesPerStep"/> says. The default generators are seeded by (seed, step)
    /// before the call, so its noise is a pure function of them. Anything that could be infinite or NaN goes through
    /// <see cref="StepContext.RequireFinite(string, double)"/> before the update is made.
    /// </summary>
    /// <param name="context">Step number, checks.</param>
    /// <returns>Named scalars of this step, for example <c>loss</c>.</returns>
    Scalars Step(StepContext context);

    /// <summary>
    /// Measures the model on a split. Leaves the registered state untouched; the default generators are seeded by
    /// (seed, step, split) before the call.
    /// </summary>
    /// <param name="split">Split to measure on.</param>
    /// <param name="context">Progress and interruption.</param>
    /// <returns>Named measurements with their error bars.</returns>
    IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context);

    /// <summary>Draws pictures: samples, filters, reconstructions. A job of its own that may be asked for at any step.</summary>
    /// <param name="context">Progress and interruption.</param>
    /// <returns>Named pictures; empty where there is nothing to see.</returns>
    IReadOnlyList<Picture> Draw(EvaluationContext context) => [];
}
