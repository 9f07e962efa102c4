using Replications.Hosting;
using Replications.Hosting.Commands;
using Replications.Toys;

// A checkpoint after every step, so that a kill at any moment has something to go back to.
return Host.Run(args, ToyPaper.Replication, new HostServices
{
    Data = ToyData.Open,
    Options = options => options with { CheckpointInterval = TimeSpan.Zero, CheckpointShare = 1 },
});
