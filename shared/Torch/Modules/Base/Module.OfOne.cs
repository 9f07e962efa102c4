namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>A module of 1 input: override <see cref="forward"/>, use <see cref="call"/>, which runs the hooks.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                BeforeForward();
                if (PreHooks is not null)
                {
                    foreach (var hook in PreHooks)
                    {
                        if (hook(this, input) is { } changed)
                            input = changed;
                    }
                }

                TResult result = forward(input);
                if (PostHooks is not null)
                {
                    foreach (var hook in PostHooks)
                    {
                        if (hook(this, input, result) is { } changed)
                            result = changed;
                    }
                }

                AfterForward();
                return result;
            }
        }
    }
}
