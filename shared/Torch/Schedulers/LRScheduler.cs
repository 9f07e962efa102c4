namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimiser's groups. Constructors make the first step themselves.</summary>
            public abstract class LRScheduler
            {
                private readonly bool _verbose;

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Controlled = optimizer;
                    LastEpoch = last_epoch;
                    _verbose = verbose;
                    BaseRates = [.. optimizer.ParamGroups.Select(g => g.InitialLearningRate)];
                    LastRates = [.. optimizer.ParamGroups.Select(g => g.LearningRate)];
                }

                internal Optimizer? Controlled { get; }

                internal int LastEpoch { get; set; } = -1;

                private protected double[] BaseRates { get; } = [];

                internal double[] LastRates { get; private protected set; } = [];

                public IEnumerable<double> get_last_lr() => LastRates;

                public virtual void step() => step(null);

                /// <summary>Goes to the next epoch, or, with an epoch given, straight to its rate by the closed form.</summary>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? (LastEpoch + 1);
                    ILearningRateController[] groups = [.. Controlled!.ParamGroups];
                    double[] rates = [.. (epoch is null ? get_lr() : get_closed_form_lr())];
                    for (int i = 0; i < groups.Length; i++)
                    {
                        groups[i].LearningRate = rates[i];
                        if (_verbose && LastRates[i] != rates[i])
                            Console.WriteLine(FormattableString.Invariant($"Adjusting learning rate of group {i} to {rates[i]}"));
                    }

                    LastRates = rates;
                }

                /// <summary>A step that is told a measurement, which most schedulers ignore.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Rates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Rates => Controlled!.ParamGroups.Select(g => g.LearningRate);
            }
        }
    }
}
