using Replications.Claims;

namespace Replications.Suite.Catalogues;

/// <summary>Something wrong with a replication as a whole.</summary>
/// <param name="Replication">Its name.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record CatalogueProblem(string Replication, string Text);

/// <summary>Every registered replication: its claims, its experiments, its program.</summary>
/// <param name="Claims">Every claim, in the order of the files.</param>
/// <param name="Experiments">Every experiment, in the order the replications list them.</param>
/// <param name="Programs">Replication name to program.</param>
/// <param name="Problems">Replications that could not be read or asked.</param>
internal sealed record Catalogue(
    IReadOnlyList<Claim> Claims, IReadOnlyList<ExperimentDescription> Experiments,
    IReadOnlyDictionary<string, ReplicationProgram> Programs, IReadOnlyList<CatalogueProblem> Problems)
{
    /// <summary>Names of all replications, those that could not be asked included.</summary>
    public IReadOnlyList<string> Replications =>
        [.. Claims.Select(c => c.Replication).Concat(Experiments.Select(e => e.Replication)).Concat(Problems.Select(p => p.Replication)).Distinct()];

    /// <summary>Reads the claims of every folder of <c>replications/</c> and asks each program for its experiments.</summary>
    /// <param name="workplace">Where.</param>
    public static Catalogue Load(Workplace workplace)
    {
        List<Claim> claims = [];
        List<ExperimentDescription> experiments = [];
        Dictionary<string, ReplicationProgram> programs = [];
        List<CatalogueProblem> problems = [];
        IReadOnlyList<string> folders = ClaimsFile.Folders(workplace.Root);
        if (folders.Count == 0)
        {
            problems.Add(new CatalogueProblem("replications", $"there is no {ClaimsFile.Name} and no program in any folder of {Path.Combine(workplace.Root, "replications")}"));
        }

        foreach (string folder in folders)
        {
            string name = Path.GetFileName(folder);
            string replication = name.ToLowerInvariant();
            try
            {
                IReadOnlyList<Claim> own = ClaimsFile.ReadFolder(folder);
                replication = own.Count > 0 ? own[0].Replication : replication;
                claims.AddRange(own);
                var program = new ReplicationProgram(name, workplace.Programs);
                programs[replication] = program;
                IReadOnlyList<ExperimentDescription> described = program.Describe();
                if (own.Count == 0 && described.Count > 0 && described[0].Replication.Replace("-", "", StringComparison.Ordinal) == replication)
                {
                    // Without claims the program alone knows where the dashes are.
                    programs.Remove(replication);
                    replication = described[0].Replication;
                    programs[replication] = program;
                }

                if (own.Count + described.Count == 0)
                {
                    problems.Add(new CatalogueProblem(replication, "it has neither a claim nor an experiment"));
                }

                experiments.AddRange(described.Where(e => e.Replication == replication));
                problems.AddRange(described.Where(e => e.Replication != replication)
                    .Select(e => new CatalogueProblem(replication, $"its program describes {e.Replication}/{e.Experiment}, its folder and claims are of {replication}")));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
            {
                problems.Add(new CatalogueProblem(replication, e.Message));
            }
        }

        return new Catalogue(claims, experiments, programs, problems);
    }

    /// <summary>The claims an experiment answers for.</summary>
    /// <param name="experiment">The experiment.</param>
    public IEnumerable<Claim> ClaimsOf(ExperimentDescription experiment) =>
        Claims.Where(c => c.Replication == experiment.Replication && c.Experiment == experiment.Experiment);
}
