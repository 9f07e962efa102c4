using Replications.Claims;
using Replications.Hosting.Commands;
using Replications.Hosting.Experiments;
using Replications.Hosting.Recipes;

namespace Replications.Hosting.Records;

/// <summary>What is known of a run before it begins.</summary>
internal static class RunIdentity
{
    /// <summary>The record of a run about to begin.</summary>
    public static RunRecord Of(Replication replication, RunRequest request, RecipeChoice choice, EngineRecord engine)
    {
        SourceVersion source = request.Source ?? SourceVersion.Read();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new RunRecord
        {
            Replication = replication.Name,
            Experiment = request.Experiment,
            Profile = request.Profile,
            Seed = request.Seed,
            State = RunState.Running,
            Reduced = choice.Reduced,
            Deterministic = choice.Experiment.Deterministic,
            Recipe = choice.Json(),
            Overrides = choice.Overrides,
            Command = RerunCommand.For(request.Profile, replication.Name, request.Experiment, [request.Seed], [engine], choice.Overrides),
            Declared = request.Declared,
            Commit = source.Commit,
            Dirty = source.Dirty,
            Started = now,
            Written = now,
            Hardware = Hardware.Read(),
            Environment = Hardware.Surroundings(),
            Engine = engine,
            Data = [],
        };
    }
}
