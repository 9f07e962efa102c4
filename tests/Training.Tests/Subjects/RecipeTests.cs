using System.Globalization;
using Replications.Training.Subjects;

namespace Replications.Training.Tests.Subjects;

/// <summary>What the rules at a recipe's properties refuse, and in which words.</summary>
public class RecipeTests
{
    [Fact]
    public void What_is_possible_is_no_problem()
    {
        Assert.Empty(new Sample().Problems());
        Assert.Empty(new Sample { Count = 2, Limit = 0, Rate = 1e-9, Ridge = 0, Share = 0, Decay = 1, Whole = 1, Contrast = 0.999 }.Problems());
    }

    [Fact]
    public void Each_rule_refuses_what_lies_at_its_edge()
    {
        Assert.Equal("Count must be at least 2, not 1", Problem(new Sample { Count = 1 }));
        Assert.Equal("Limit must be at least 0, not -1", Problem(new Sample { Limit = -1 }));
        Assert.Equal("Rate must be above 0 and finite, not 0", Problem(new Sample { Rate = 0 }));
        Assert.Equal("Rate must be above 0 and finite, not Infinity", Problem(new Sample { Rate = double.PositiveInfinity }));
        Assert.Equal("Ridge must be at least 0 and finite, not -1", Problem(new Sample { Ridge = -1 }));
        Assert.Equal("Ridge must be at least 0 and finite, not Infinity", Problem(new Sample { Ridge = double.PositiveInfinity }));
        Assert.Equal("Share must lie in [0,1), not 1", Problem(new Sample { Share = 1 }));
        Assert.Equal("Decay must lie in (0,1], not 0", Problem(new Sample { Decay = 0 }));
        Assert.Equal("Whole must lie in [0,1], not 2", Problem(new Sample { Whole = 2 }));
        Assert.Equal("Contrast must lie inside (0,1), not 0", Problem(new Sample { Contrast = 0 }));
        Assert.Equal("Contrast must lie inside (0,1), not 1", Problem(new Sample { Contrast = 1 }));
        Assert.Equal("Day 9 does not exist", Problem(new Sample { Day = (DayOfWeek)9 }));
    }

    [Fact]
    public void Not_a_number_is_refused_by_every_rule_and_problems_come_in_the_order_of_the_properties()
    {
        var recipe = new Sample { Contrast = double.NaN, Whole = double.NaN, Decay = double.NaN, Share = double.NaN, Ridge = double.NaN, Rate = double.NaN };
        Assert.Equal(["Rate", "Ridge", "Share", "Decay", "Whole", "Contrast"], recipe.Problems().Select(p => p.Split(' ')[0]));
    }

    [Fact]
    public void Numbers_are_printed_with_a_point_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("Rate must be above 0 and finite, not -0.5", Problem(new Sample { Rate = -0.5 }));
            Assert.Equal("Share must lie in [0,1), not 1.5", Problem(new Sample { Share = 1.5 }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Problem(Sample recipe) => Assert.Single(recipe.Problems());

    private sealed record Sample : Recipe
    {
        [AtLeast(2)]
        public int Count { get; init; } = 2;

        [AtLeast(0)]
        public int? Limit { get; init; }

        [Positive]
        public double Rate { get; init; } = 1;

        [NotNegative]
        public double Ridge { get; init; }

        [Within("[0,1)")]
        public double Share { get; init; }

        [Within("(0,1]")]
        public double Decay { get; init; } = 1;

        [Within("[0,1]")]
        public double Whole { get; init; }

        [Within("(0,1)")]
        public double Contrast { get; init; } = 0.5;

        public DayOfWeek Day { get; init; }
    }
}
