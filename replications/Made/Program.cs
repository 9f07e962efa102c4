using Replications.Hosting;
using Replications.Made;

return Host.Run(args, MadePaper.Replication);
