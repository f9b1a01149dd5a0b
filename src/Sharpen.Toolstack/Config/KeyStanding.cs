namespace Sharpen.Toolstack.Config;

/// <summary>What this toolstack does with a key of xl.cfg(5).</summary>
public enum KeyStanding
{
    /// <summary>It is obeyed.</summary>
    Obeyed,

    /// <summary>It concerns guests of another type, and changes nothing in a PV guest.</summary>
    OtherGuests,

    /// <summary>It asks for something that this toolstack cannot do: an error, unless its value asks for nothing.</summary>
    Missing,

    /// <summary>An old key: ignored with a warning.</summary>
    Retired,
}
