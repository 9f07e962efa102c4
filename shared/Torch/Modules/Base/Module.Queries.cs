using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _submodules.Entries.Select(e => (e.Key, e.Value));

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>All modules below this one; unlike Python's, without this one itself.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string name, Module module) in named_children())
                    yield return (name, module);
                foreach ((string name, Module module) in named_children())
                {
                    foreach ((string inner, Module below) in module.named_modules())
                        yield return ($"{name}.{inner}", below);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>Each parameter once, under its first name.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<nint>();
                foreach ((string name, Parameter parameter) in _parameters.Entries)
                {
                    if (seen.Add(parameter.Handle))
                        yield return (name, parameter);
                }

                if (!recurse)
                    yield break;
                foreach ((string child, Module module) in named_children())
                {
                    foreach ((string name, Parameter parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter.Handle))
                            yield return ($"{child}.{name}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<nint>();
                foreach ((string name, (Tensor buffer, bool persistent)) in _buffers.Entries)
                {
                    if ((persistent || include_nonpersistent) && seen.Add(buffer.Handle))
                        yield return (name, buffer);
                }

                if (!recurse)
                    yield break;
                foreach ((string child, Module module) in named_children())
                {
                    foreach ((string name, Tensor buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.Handle))
                            yield return ($"{child}.{name}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) =>
                _parameters.TryGet(target, out Parameter? own)
                    ? own
                    : Below(target, out Module? child, out string rest) ? child!.get_parameter(rest) : null;

            public virtual Tensor? get_buffer(string target) =>
                _buffers.TryGet(target, out (Tensor Tensor, bool Persistent) own)
                    ? own.Tensor
                    : Below(target, out Module? child, out string rest) ? child!.get_buffer(rest) : null;

            private bool Below(string target, out Module? child, out string rest)
            {
                int dot = target.IndexOf('.', StringComparison.Ordinal);
                rest = target[(dot + 1)..];
                child = dot < 0 ? null : named_children().FirstOrDefault(c => c.name == target[..dot]).module;
                return child is not null;
            }
        }
    }
}
