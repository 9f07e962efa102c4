namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched and changed from outside.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected HookableModule(string name)
                : base(name)
            {
            }

            // Null until the first hook is there: a call without hooks costs two comparisons.
            private protected List<TPreHook>? PreHooks { get; private set; }

            private protected List<TPostHook>? PostHooks { get; private set; }

            private protected List<Action<Module>>? ModulePreHooks { get; private set; }

            private protected List<Action<Module>>? ModulePostHooks { get; private set; }

            public HookRemover register_forward_hook(TPostHook hook) => Add(PostHooks ??= [], hook);

            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(PreHooks ??= [], hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(ModulePostHooks ??= [], hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(ModulePreHooks ??= [], hook);

            private protected void BeforeForward()
            {
                if (ModulePreHooks is null)
                    return;
                foreach (Action<Module> hook in ModulePreHooks)
                    hook(this);
            }

            private protected void AfterForward()
            {
                if (ModulePostHooks is null)
                    return;
                foreach (Action<Module> hook in ModulePostHooks)
                    hook(this);
            }

            private static HookRemover Add<T>(List<T> hooks, T hook)
            {
                hooks.Add(hook);
                return new HookRemover(() => hooks.Remove(hook));
            }

            public class HookRemover
            {
                private readonly Action _remove;

                internal HookRemover(Action remove) => _remove = remove;

                public void remove() => _remove();
            }
        }
    }
}
