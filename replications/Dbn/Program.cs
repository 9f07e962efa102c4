using Replications.Dbn;
using Replications.Hosting;

return Host.Run(args, DbnPaper.Replication);
