namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Half a cosine from the initial rate to eta_min in T_max epochs, and back (Loshchilov and Hutter 2017, without restarts).</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _T_max;
                    private readonly double _eta_min;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _T_max = T_max;
                        _eta_min = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        LastEpoch == 0 ? Rates
                        : (LastEpoch - 1 - _T_max) % (2 * _T_max) == 0
                            ? Rates.Zip(BaseRates, (rate, start) => rate + ((start - _eta_min) * (1 - Math.Cos(Math.PI / _T_max)) / 2))
                        : Rates.Select(r => ((1 + Math.Cos(Math.PI * LastEpoch / _T_max)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _T_max)) * (r - _eta_min)) + _eta_min);

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => _eta_min + ((r - _eta_min) * (1 + Math.Cos(Math.PI * LastEpoch / _T_max)) / 2));
                }
            }
        }
    }
}
