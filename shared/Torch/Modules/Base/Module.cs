using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Base of all modules. A subclass keeps its parts in fields and ends its constructor with
        /// <see cref="RegisterComponents"/>; parameters, buffers and submodules are then found under the fields' names.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly ComponentTable<Parameter> _parameters = new("parameter");
            private readonly ComponentTable<(Tensor Tensor, bool Persistent)> _buffers = new("buffer");
            private readonly ComponentTable<Module> _submodules = new("module");
            private readonly string _name;
            private bool _componentsRegistered;
            private bool _disposed;

            protected Module(string name) => _name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => string.IsNullOrEmpty(_name) ? GetType().Name : _name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module child in _submodules.Values)
                    child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> on every submodule, children first, and then on this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module child in _submodules.Values)
                    child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using Tensor? grad = parameter.grad;
                    grad?.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                    return;
                _disposed = true;
                foreach ((Tensor tensor, _) in _buffers.Values)
                    tensor.Dispose();
                foreach (Parameter parameter in _parameters.Values)
                    parameter.Dispose();
                foreach (Module child in _submodules.Values)
                    child.Dispose();
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor (a buffer), under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                    return;
                _componentsRegistered = true;
                foreach (FieldInfo field in ComponentFields.Of(GetType()))
                {
                    string fieldName = field.ComponentName();
                    if (_submodules.Contains(fieldName) || _parameters.Contains(fieldName) || _buffers.Contains(fieldName))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(fieldName, module);
                            break;
                        case Parameter parameter:
                            register_parameter(fieldName, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(fieldName, tensor);
                            break;
                    }
                }
            }
        }
    }
}
