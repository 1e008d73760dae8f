/* For tests under Wine 8 alone, whose mscms.dll lacks what Qt asks of colour profiles: every call says no. */

#define EXPORT __declspec(dllexport)

EXPORT void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned mode)
{
    (void)profile; (void)access; (void)share; (void)mode;
    return 0;
}
EXPORT int CloseColorProfile(void *profile) { (void)profile; return 0; }
EXPORT int GetColorProfileFromHandle(void *profile, unsigned char *into, unsigned *length) { (void)profile; (void)into; (void)length; return 0; }
EXPORT void *WcsCreateIccProfile(void *profile, unsigned options) { (void)profile; (void)options; return 0; }
