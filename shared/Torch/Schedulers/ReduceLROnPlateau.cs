namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler ReduceLROnPlateau(
                Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel",
                int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);

            public static partial class impl
            {
                /// <summary>Multiplies the rate by a factor when a measurement has not improved for more than <c>patience</c> steps.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly double _factor;
                    private readonly double[] _least;
                    private readonly int _patience;
                    private readonly int _cooldown;
                    private readonly bool _smaller;
                    private readonly bool _relative;
                    private readonly double _threshold;
                    private readonly double _eps;
                    private double _best;
                    private int _bad;
                    private int _resting;

                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel",
                        int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1)
                            throw new ArgumentException("the factor must be less than 1", nameof(factor));
                        if (mode is not ("min" or "max"))
                            throw new ArgumentException($"the mode is 'min' or 'max', not '{mode}'", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"the threshold mode is 'rel' or 'abs', not '{threshold_mode}'", nameof(threshold_mode));
                        int groups = optimizer.ParamGroups.Count();
                        _least = min_lr switch
                        {
                            null or { Count: 0 } => new double[groups],
                            { Count: 1 } => [.. Enumerable.Repeat(min_lr[0], groups)],
                            _ => [.. min_lr],
                        };
                        _factor = factor;
                        _patience = patience;
                        _cooldown = cooldown;
                        _smaller = mode == "min";
                        _relative = threshold_mode == "rel";
                        _threshold = threshold;
                        _eps = eps;
                        _best = _smaller ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau steps with a measurement: step(double).");

                    public override void step(int? epoch) => step();

                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? (LastEpoch + 1);
                        if (Better(current))
                        {
                            _best = current;
                            _bad = 0;
                        }
                        else
                        {
                            _bad++;
                        }

                        if (_resting > 0)
                        {
                            _resting--;
                            _bad = 0;
                        }

                        if (_bad <= _patience)
                            return;
                        Reduce();
                        _resting = _cooldown;
                        _bad = 0;
                    }

                    private bool Better(double value) => (_smaller, _relative) switch
                    {
                        (true, true) => value < _best * (1 - _threshold),
                        (true, false) => value < _best - _threshold,
                        (false, true) => value > _best * (1 + _threshold),
                        (false, false) => value > _best + _threshold,
                    };

                    private void Reduce()
                    {
                        int i = 0;
                        foreach (ILearningRateController group in Controlled!.ParamGroups)
                        {
                            double reduced = Math.Max(group.LearningRate * _factor, _least[i++]);
                            if (group.LearningRate - reduced > _eps)
                                group.LearningRate = reduced;
                        }

                        LastRates = [.. Rates];
                    }
                }
            }
        }
    }
}
