namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public interface IModule<T1, T2, T3, T4, T5, TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);
        }

        /// <summary>A module of 5 inputs: override <see cref="forward"/>, use <see cref="call"/>, which runs the hooks.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>, Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>, IModule<T1, T2, T3, T4, T5, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                BeforeForward();
                if (PreHooks is not null)
                {
                    foreach (var hook in PreHooks)
                    {
                        if (hook(this, input1, input2, input3, input4, input5) is { } changed)
                            (input1, input2, input3, input4, input5) = changed;
                    }
                }

                TResult result = forward(input1, input2, input3, input4, input5);
                if (PostHooks is not null)
                {
                    foreach (var hook in PostHooks)
                    {
                        if (hook(this, input1, input2, input3, input4, input5, result) is { } changed)
                            result = changed;
                    }
                }

                AfterForward();
                return result;
            }
        }
    }
}
