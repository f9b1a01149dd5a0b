using CsCheck;
using Sharpen.Hypervisor.Acpi;
using Xunit;

namespace Sharpen.Unit.Acpi;

public sealed class SleepPackageTests
{
    private static readonly byte[] s_name = [0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12];

    [Theory]
    [InlineData(new byte[] { 0x06, 0x04, 0x00, 0x00, 0x00, 0x00 }, 0, 0)]
    [InlineData(new byte[] { 0x06, 0x02, 0x01, 0x0a, 0x07 }, 1, 7)]
    [InlineData(new byte[] { 0x07, 0x02, 0x0b, 0x05, 0x00, 0x0a, 0x05 }, 5, 5)]
    [InlineData(new byte[] { 0x41, 0x00, 0x02, 0x0a, 0x05, 0x0a, 0x06 }, 5, 6)]
    [InlineData(new byte[] { 0x03, 0x01, 0x0a, 0x05 }, 5, 0)]
    public void Numbers_of_every_form_are_read(byte[] package, int typeA, int typeB)
    {
        FixedHardware hardware = default;
        SleepPackage.Find([0, 1, 2, .. s_name, .. package, 0, 0, 0], ref hardware);
        Assert.Equal((true, typeA, typeB), (hardware.CanSwitchOff, hardware.SwitchOffTypeA, hardware.SwitchOffTypeB));
    }

    [Fact]
    public void A_name_that_is_used_and_not_defined_is_no_package()
    {
        FixedHardware hardware = default;
        SleepPackage.Find([0x70, .. s_name[1..], 0x06, 0x04, 0x0a, 0x05, 0, 0, 0], ref hardware);
        Assert.False(hardware.CanSwitchOff);
    }

    [Fact]
    public void A_package_that_is_cut_off_anywhere_is_survived() =>
        Gen.Byte.Array[0, 12].Sample(rest =>
        {
            FixedHardware hardware = default;
            SleepPackage.Find([.. s_name, .. rest], ref hardware);
            Assert.InRange(hardware.SwitchOffTypeA, 0, 7);
        });
}
