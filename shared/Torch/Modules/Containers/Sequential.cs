using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another. Results in between are freed as soon as the next module has used them.</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<(string Name, torch.nn.IModule<torch.Tensor, torch.Tensor> Module)> _modules = [];

        protected internal Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            foreach ((string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule) in modules)
                append(name, submodule);
        }

        protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (torch.nn.Module<torch.Tensor, torch.Tensor> module in modules)
                append(module);
        }

        public int Count => _modules.Count;

        [IndexerName("SequentialItems")]
        public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _modules[index].Module;

        [IndexerName("SequentialItems")]
        public Sequential this[Range index]
        {
            get
            {
                (int offset, int length) = index.GetOffsetAndLength(_modules.Count);
                var slice = new Sequential(Array.Empty<(string, torch.nn.Module<torch.Tensor, torch.Tensor>)>());
                foreach ((string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module) in _modules.GetRange(offset, length))
                    slice.append(name, module);
                return slice;
            }
        }

        [IndexerName("SequentialItems")]
        public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? _modules.Count)];

        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, (torch.nn.Module)module);
            _modules.Add((name, module));
            return this;
        }

        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
            append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (_modules.Count == 0)
                return tensor.alias();
            torch.Tensor current = tensor;
            foreach ((_, torch.nn.IModule<torch.Tensor, torch.Tensor> module) in _modules)
            {
                torch.Tensor next = module.call(current);
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next))
                    current.Dispose();
                current = next;
            }

            return current;
        }

        // The list of modules is a field, but its entries are registered one by one.
        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<(string, Module<Tensor, Tensor>)>());

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                Sequential sequential = Sequential();
                foreach (Module<Tensor, Tensor> module in modules)
                    sequential.append(module);
                return sequential;
            }
        }
    }
}
