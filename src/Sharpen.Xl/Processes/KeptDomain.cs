using System;
using Sharpen.Abi;

namespace Sharpen.Xl.Processes;

/// <summary>A domain that somebody stays with.</summary>
/// <param name="Domain">Its number.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Name">Its name when it was made.</param>
public sealed record KeptDomain(DomainId Domain, Guid Uuid, string Name);
