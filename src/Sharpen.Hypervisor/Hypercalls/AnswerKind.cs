namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>See <see cref="Answer"/>.</summary>
public enum AnswerKind : byte
{
    /// <summary>A number for rax.</summary>
    Value,

    /// <summary>The call is to be made again.</summary>
    Again,

    /// <summary>The call is to be made again with another first argument, which says how far it has come.</summary>
    Continue,

    /// <summary>The registers are as they should be.</summary>
    RegistersSet,

    /// <summary>The call is to be made again with other first and second arguments.</summary>
    AgainWith,

    /// <summary>The call is to be made again with three other arguments.</summary>
    AgainWithThree,
}
