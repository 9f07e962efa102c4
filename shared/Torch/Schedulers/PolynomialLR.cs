namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) =>
                new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Brings the rate to zero over total_iters epochs, as a power of what remains.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _total_iters;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total_iters = total_iters;
                        _power = power;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        LastEpoch == 0 || LastEpoch > _total_iters
                            ? Rates
                            : Rates.Select(r => r * Math.Pow(Left(LastEpoch) / Left(LastEpoch - 1), _power));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => r * Math.Pow(Left(Math.Min(_total_iters, LastEpoch)), _power));

                    private double Left(int epoch) => 1.0 - ((double)epoch / _total_iters);
                }
            }
        }
    }
}
