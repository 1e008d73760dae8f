/* For tests under Wine 8 alone, which has no icuuc.dll (Windows has it since 2019): every converter fails to open, so Qt uses its own. */

enum { MISSING = 2 /* U_MISSING_RESOURCE_ERROR */ };

#define EXPORT __declspec(dllexport)

EXPORT void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = MISSING; return 0; }
EXPORT void ucnv_close(void *converter) { (void)converter; }
EXPORT void ucnv_reset(void *converter) { (void)converter; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 0; }
EXPORT const char *ucnv_getName(const void *converter, int *error) { (void)converter; if (error) *error = MISSING; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name; (void)standard;
    if (error) *error = MISSING;
    return 0;
}
EXPORT int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; if (error) *error = MISSING; return 0; }
EXPORT int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; if (error) *error = MISSING; return 0; }

/* Nothing can be converted without a converter: these are linked, and never called. */
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void ucnv_getToUCallBack(void) {}
EXPORT void ucnv_getFromUCallBack(void) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_fromUnicode(void) {}
