/* For tests under Wine 8 alone, which has no bcryptprimitives.dll: the random numbers of libraries written in Rust come from ProcessPrng. */

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom */

enum { AT_ONCE = 0x10000000 };

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    while (length > 0) {
        ULONG part = length > AT_ONCE ? AT_ONCE : (ULONG)length;
        if (!SystemFunction036(data, part)) return FALSE;
        data += part;
        length -= part;
    }
    return TRUE;
}
