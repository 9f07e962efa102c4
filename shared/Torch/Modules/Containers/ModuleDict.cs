using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Modules registered under keys, in the order they were added.</summary>
    public class ModuleDict<T> : torch.nn.Module, IDictionary<string, T>, IList<(string, T)>
        where T : torch.nn.Module
    {
        private readonly List<(string Key, T Module)> _list = [];

        public ModuleDict()
            : base(nameof(ModuleDict<T>))
        {
        }

        public int Count => _list.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => [.. _list.Select(e => e.Key)];

        public ICollection<T> Values => [.. _list.Select(e => e.Module)];

        public (string, T) this[int index]
        {
            get => _list[index];
            set => Change(() => _list[index] = value);
        }

        public T this[string key]
        {
            get => TryGetValue(key, out T? value) ? value : throw new KeyNotFoundException($"no module named '{key}'");
            set
            {
                int index = Find(key);
                Change(() =>
                {
                    if (index < 0)
                        _list.Add((key, value));
                    else
                        _list[index] = (key, value);
                });
            }
        }

        public void Add(string key, T value) => Add((key, value));

        public void Add((string, T) item) =>
            Change(() => _list.Add(Find(item.Item1) < 0 ? item : throw new ArgumentException($"the key '{item.Item1}' is taken", nameof(item))));

        public void Add(KeyValuePair<string, T> item) => Add((item.Key, item.Value));

        public void Insert(int index, (string, T) item) => Change(() => _list.Insert(index, item));

        public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

        public bool Remove(string key)
        {
            int index = Find(key);
            if (index >= 0)
                RemoveAt(index);
            return index >= 0;
        }

        public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

        public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

        public void Clear() => Change(_list.Clear);

        public bool ContainsKey(string key) => Find(key) >= 0;

        public bool Contains((string, T) item) => _list.Contains(item);

        public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));

        public int IndexOf((string, T) item) => _list.IndexOf(item);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            int index = Find(key);
            value = index >= 0 ? _list[index].Module : null;
            return index >= 0;
        }

        public void CopyTo((string, T)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _list.ConvertAll(e => KeyValuePair.Create(e.Key, e.Module)).CopyTo(array, arrayIndex);

        public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
            _list.Select(e => KeyValuePair.Create(e.Key, e.Module)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
        }

        private int Find(string key) => _list.FindIndex(e => e.Key == key);

        private void Change(Action change)
        {
            change();
            ClearModules();
            foreach ((string key, T module) in _list)
                register_module(key, module);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module
            {
                var dict = new ModuleDict<T>();
                foreach ((string, T) module in modules)
                    dict.Add(module);
                return dict;
            }
        }
    }
}
