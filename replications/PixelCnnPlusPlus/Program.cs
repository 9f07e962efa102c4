using Replications.Hosting;
using Replications.PixelCnnPlusPlus;

return Host.Run(args, PixelCnnPlusPlusPaper.Replication);
