using Replications.Training.Subjects;

namespace Replications.Training.Loop;

/// <summary>Means of the step scalars between two evaluations.</summary>
internal static class ScalarMeans
{
    /// <summary>Adds the scalars of one step.</summary>
    public static void Add(List<ScalarSum> sums, Scalars scalars)
    {
        foreach ((string name, double value) in scalars)
        {
            int i = sums.FindIndex(s => s.Name == name);
            if (i < 0)
                sums.Add(new ScalarSum(name, value, 1));
            else
                sums[i] = sums[i] with { Sum = sums[i].Sum + value, Count = sums[i].Count + 1 };
        }
    }

    /// <summary>Gives the means as numbers of the training split and begins anew.</summary>
    public static List<MetricPoint> Take(List<ScalarSum> sums, long step, double epoch)
    {
        List<MetricPoint> points = [.. sums.Select(s => new MetricPoint(step, epoch, Datasets.Split.Train.Id(), s.Name, s.Sum / s.Count, null))];
        sums.Clear();
        return points;
    }
}
