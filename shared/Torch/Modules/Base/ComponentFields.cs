using System.Collections.Concurrent;
using System.Reflection;

namespace TorchSharp.Modules
{
    /// <summary>The fields of a module class that may hold components, its own first and then those of its bases.</summary>
    internal static class ComponentFields
    {
        private const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

        private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = new();

        internal static FieldInfo[] Of(Type type) => s_fields.GetOrAdd(type, Find);

        private static FieldInfo[] Find(Type type)
        {
            var fields = new List<FieldInfo>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (Type? t = type; t is not null && t != typeof(torch.nn.Module); t = t.BaseType)
            {
                // Reflection promises no order; metadata tokens follow the source.
                foreach (FieldInfo field in t.GetFields(Declared).OrderBy(f => f.MetadataToken))
                {
                    if (names.Add(field.Name) && MayHoldComponent(field.FieldType))
                        fields.Add(field);
                }
            }

            return [.. fields];
        }

        private static bool MayHoldComponent(Type type) =>
            type == typeof(object) || type.IsInterface
            || typeof(torch.nn.Module).IsAssignableFrom(type) || typeof(torch.Tensor).IsAssignableFrom(type);
    }
}

namespace TorchSharp.Utils
{
    /// <summary>Gives a component another name than its field's.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    public sealed class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}

namespace TorchSharp
{
    public static class FieldInfoExtensionMethods
    {
        public static string ComponentName(this FieldInfo field) =>
            field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
