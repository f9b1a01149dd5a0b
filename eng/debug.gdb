# gdb -x eng/debug.gdb out/sharpen.elf, at the root, beside ./run dom0 --gdb: attaches, and finds the C# and the stubs.
# Break with hbreak until the first C# line runs: before that the link address is not mapped.
set substitute-path /sharpen .
directory src/Sharpen.Image
set style enabled off
target remote localhost:1234
