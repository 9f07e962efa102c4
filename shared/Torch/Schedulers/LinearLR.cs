namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Changes the factor of the rate linearly over total_iters epochs.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start_factor;
                    private readonly double _end_factor;
                    private readonly int _total_iters;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _start_factor = start_factor;
                        _end_factor = end_factor;
                        _total_iters = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        LastEpoch == 0 ? Rates.Select(r => r * _start_factor)
                        : LastEpoch > _total_iters ? Rates
                        : Rates.Select(r => r * (1 + ((_end_factor - _start_factor)
                            / ((_total_iters * _start_factor) + ((LastEpoch - 1) * (_end_factor - _start_factor))))));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => r * (_start_factor + ((_end_factor - _start_factor) * Math.Min(_total_iters, LastEpoch) / _total_iters)));
                }
            }
        }
    }
}
