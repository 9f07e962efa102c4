using Replications.Hosting;
using Replications.PixelCnn;

return Host.Run(args, PixelCnnPaper.Replication);
