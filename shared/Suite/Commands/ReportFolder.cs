using Replications.Claims;
using Replications.Reporting;

namespace Replications.Suite.Commands;

/// <summary>Writes summary.csv, charts and report.html of a profile.</summary>
/// <param name="workplace">Whom to tell.</param>
internal sealed class ReportFolder(Workplace workplace)
{
    /// <summary>Writes them and says where.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="table">Its verdicts.</param>
    /// <param name="results">The results folder.</param>
    public void Write(string profile, VerdictTable table, string results)
    {
        ReportInput input = new(profile, table);
        ReportFiles files = ReportWriter.Write(workplace.DrawsCharts ? input : input with { VegaFolder = null }, Path.Combine(results, profile));
        foreach (string problem in files.Problems)
        {
            workplace.Error.WriteLine(problem);
        }

        workplace.Error.WriteLine($"report: {files.Report}");
        workplace.Error.WriteLine($"summary: {files.Summary}");
    }
}
