using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharpen.Xen.Native;

/// <summary>A program's command line and environment as the C library takes them: lists of texts, each ended by a null.</summary>
internal sealed unsafe class ProgramTexts : IDisposable
{
    private readonly nint* _texts;
    private readonly int _arguments;
    private readonly int _all;

    internal ProgramTexts(IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        _arguments = arguments.Count;
        _all = arguments.Count + environment.Count + 2;
        _texts = (nint*)NativeMemory.AllocZeroed((nuint)_all, (nuint)sizeof(nint));
        for (int index = 0; index < arguments.Count; index++)
        {
            _texts[index] = Marshal.StringToCoTaskMemUTF8(arguments[index]);
        }

        for (int index = 0; index < environment.Count; index++)
        {
            _texts[arguments.Count + 1 + index] = Marshal.StringToCoTaskMemUTF8(environment[index]);
        }
    }

    internal byte** Arguments => (byte**)_texts;

    internal byte** Environment => (byte**)(_texts + _arguments + 1);

    public void Dispose()
    {
        for (int index = 0; index < _all; index++)
        {
            Marshal.FreeCoTaskMem(_texts[index]);
        }

        NativeMemory.Free(_texts);
    }
}
