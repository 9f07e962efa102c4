using System.Text.Json;
using Replications.Claims;
using Replications.Fake;

// A replication with no model: each experiment ends in one planted way.
return args[0] switch
{
    "describe" => Describe(),
    "run" => new FakeRun(args).Make(),
    _ => ExitCode.Usage,
};

static int Describe()
{
    Console.WriteLine(JsonSerializer.Serialize(FakeExperiments.All, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
    return ExitCode.Success;
}
