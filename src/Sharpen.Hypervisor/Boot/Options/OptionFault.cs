namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>Why an option was ignored.</summary>
public enum OptionFault : byte
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>no such option</summary>
    Unknown,

    /// <summary>needs a value after an equals sign</summary>
    NeedsValue,

    /// <summary>cannot be switched off by no-</summary>
    NotASwitch,

    /// <summary>is not yes or no</summary>
    NotABoolean,

    /// <summary>is not a number</summary>
    NotANumber,

    /// <summary>is too small or too large</summary>
    OutOfRange,

    /// <summary>is none of the possible values</summary>
    NotAChoice,
}
