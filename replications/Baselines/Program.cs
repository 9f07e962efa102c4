using Replications.Baselines;
using Replications.Hosting;

return Host.Run(args, BaselinesPaper.Replication);
