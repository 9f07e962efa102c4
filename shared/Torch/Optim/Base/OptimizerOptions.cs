namespace TorchSharp.Modules;

/// <summary>Hyperparameters of a group. One that is null takes the optimiser's default when the group is added.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
        Exchange(new OptionWriter(writer));
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        Exchange(new OptionReader(reader));
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Exchange(new OptionCopier(source, onlyMissing: false));
    }

    internal void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate!.Value;
        Exchange(new OptionCopier(defaults, onlyMissing: true));
    }

    /// <summary>Shows every hyperparameter but the learning rate, in the order of the file format.</summary>
    internal virtual void Exchange(OptionExchange exchange)
    {
    }
}
