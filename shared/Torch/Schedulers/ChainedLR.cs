namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);

            public static partial class impl
            {
                /// <summary>Several schedulers at once.</summary>
                public class ChainedLR(IEnumerable<LRScheduler> schedulers) : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers = [.. schedulers];

                    public override void step()
                    {
                        foreach (LRScheduler scheduler in _schedulers)
                            scheduler.step();
                        LastRates = _schedulers[^1].LastRates;
                    }
                }
            }
        }
    }
}
