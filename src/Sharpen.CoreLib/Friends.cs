using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sharpen.Machine")]
[assembly: InternalsVisibleTo("Sharpen.Image")]
[assembly: InternalsVisibleTo("Sharpen.Guest")]
