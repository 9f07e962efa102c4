using Replications.Dbm;
using Replications.Hosting;

return Host.Run(args, DbmPaper.Replication);
