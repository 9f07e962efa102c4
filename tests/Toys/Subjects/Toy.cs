using Replications.Claims;
using Replications.Datasets;
using Replications.Training.Subjects;
using static TorchSharp.torch;

namespace Replications.Toys.Subjects;

/// <summary>What the toys have in common.</summary>
public abstract class Toy(ToyRecipe recipe, SubjectContext context) : ISubject
{
    public virtual Schedule Schedule => Recipe.Schedule();

    public abstract long Parameters { get; }

    protected ToyRecipe Recipe { get; } = recipe;

    protected DataSet Data { get; } = context.Data;

    public abstract void Register(SubjectState state);

    public virtual void Initialise(StepContext context)
    {
    }

    public abstract Scalars Step(StepContext context);

    public abstract IReadOnlyList<Measurement> Evaluate(Split split, EvaluationContext context);

    public virtual IReadOnlyList<Picture> Draw(EvaluationContext context) => [];

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>A random batch of ten as float32.</summary>
    protected Tensor Batch()
    {
        Wait();
        Tensor train = Data.Examples(Split.Train);
        return train.index_select(0, randint(0, train.shape[0], [10], dtype: int64, device: train.device)).to_type(ScalarType.Float32);
    }

    /// <summary>The loss of a step, NaN where the recipe says so.</summary>
    protected double Loss(StepContext context, double loss) => context.Step == Recipe.NanAt ? double.NaN : loss;

    /// <summary>Means of a loss over three parts of a split, with progress after each.</summary>
    protected IReadOnlyList<Measurement> Mean(Split split, EvaluationContext context, Func<Tensor, double> loss)
    {
        Tensor all = Data.Examples(split);
        double sum = 0;
        for (int part = 0; part < 3; part++)
        {
            context.Report(part, 3);
            Wait();
            sum += loss(all.narrow(0, part * 10, 10).to_type(ScalarType.Float32));
        }

        context.Report(3, 3);
        return [new Measurement("loss", sum / 3, "nats", 0.01, ErrorKind.TestPoints, 30)];
    }

    protected void Wait()
    {
        if (Recipe.Pause > 0)
            Thread.Sleep(Recipe.Pause);
    }

    /// <summary>Bytes of grey from values in 0..1.</summary>
    protected static byte[] Grey(Tensor values) => (values.clamp(0, 1) * 255).to_type(ScalarType.Byte).contiguous().cpu().bytes.ToArray();
}
