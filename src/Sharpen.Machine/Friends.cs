using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sharpen.Image")]
[module: SkipLocalsInit]
