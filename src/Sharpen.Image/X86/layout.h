/* The address space as the stubs see it; docs/address-space.md has the picture. Keep in step with Machine's AddressSpace. */
#define PHYSICAL_DEFAULT   0x200000
#define IMAGE_BASE         0xffff82d080000000
#define IMAGE_START        (IMAGE_BASE + PHYSICAL_DEFAULT)
#define DIRECT_MAP_BASE    0xffff830000000000
#define CPU_AREAS_BASE     0xffff820000000000

#define STACK_BLOCK_SIZE   0x10000
#define MAIN_STACK_TOP     0xe000

#define SEL_HOST_CODE      0xe008
#define SEL_HOST_DATA      0xe010
