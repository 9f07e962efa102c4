using Replications.Hosting;
using Replications.Rbm;

return Host.Run(args, RbmPaper.Replication);
