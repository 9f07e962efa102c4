using System.Globalization;
using System.Reflection;
using Replications.Claims;
using Replications.Hosting.Commands;
using Replications.Training.Subjects;

namespace Replications.Hosting.Recipes;

/// <summary>One constant of a recipe that <c>--set</c> may change.</summary>
internal sealed class RecipeConstant
{
    private readonly PropertyInfo _property;

    private RecipeConstant(PropertyInfo property) => _property = property;

    /// <summary>Its name as files have it: camelCase.</summary>
    public string Name => char.ToLowerInvariant(_property.Name[0]) + _property.Name[1..];

    private Type Type => Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;

    /// <summary>Finds a constant by its name in any spelling: <c>HiddenUnits</c>, <c>hiddenUnits</c>, <c>hidden-units</c>.</summary>
    /// <exception cref="UsageException">There is none; names the nearest.</exception>
    public static RecipeConstant Find(Recipe recipe, string name)
    {
        List<RecipeConstant> constants = [.. recipe.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite).Select(p => new RecipeConstant(p)).Where(c => c.IsSettable)];
        return constants.Find(c => Plain(c.Name) == Plain(name))
            ?? throw new UsageException(NearestName.Refusal("constant of the recipe", name, [.. constants.Select(c => c.Name)]));
    }

    /// <summary>Reads a value of the constant's type.</summary>
    /// <exception cref="UsageException">It is not of that type.</exception>
    public object? Parse(string text)
    {
        if (Type == typeof(string))
            return text;
        if (text.Length == 0 && Nullable.GetUnderlyingType(_property.PropertyType) is not null)
            return null;
        try
        {
            object value = Type.IsEnum
                ? ParseWord(text)
                // With the usual styles a comma would part thousands, and 0,5 be 5.
                : Type == typeof(double) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
                : Type == typeof(float) ? float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
                : Type == typeof(decimal) ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
                : Convert.ChangeType(text, Type, CultureInfo.InvariantCulture);
            return value is (double or float) && !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? throw Refused(text) : value;
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw Refused(text);
        }
    }

    /// <summary>Sets the constant in a recipe that nobody else has seen yet.</summary>
    public void Assign(Recipe copy, object? value) => _property.SetValue(copy, value);

    private bool IsSettable => Type.IsEnum || Type == typeof(string) || Type == typeof(bool) || Type == typeof(decimal)
        || (Type.IsPrimitive && Type != typeof(char));

    private object ParseWord(string text)
    {
        string[] words = Enum.GetNames(Type);
        string word = words.FirstOrDefault(w => Plain(w) == Plain(text))
            ?? throw new UsageException(NearestName.Refusal($"value of {Name}", text, words));
        return Enum.Parse(Type, word);
    }

    private UsageException Refused(string text) => new($"{Name} is {Described()}, and '{text}' is not");

    private string Described() => Type switch
    {
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(double) || t == typeof(float) || t == typeof(decimal) => "a finite number",
        _ => "a whole number within its range",
    };

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
